//! One try: a signed request, and what its answer means.

use std::time::Duration;

use bytes::Bytes;
use entity::{Timestamp, webhook, webhook_delivery};
use sea_orm::ActiveEnum;

use crate::{
    deps::Deps,
    domain::webhooks::secret::signature,
    kernel::{Error, Result},
    ports::outbound::{HeaderName, HeaderValue, Limits, OutboundError},
};

/// Maximum time for the whole exchange.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum number of bytes of an answer; nothing is made of them.
const MOST_BYTES: usize = 4 * 1024;
/// Maximum length of an error that is kept, in characters.
const LONGEST_ERROR: usize = 300;

/// Why a delivery was not taken, and whether it makes sense to try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// HTTP status of the answer, if there was one.
    pub status: Option<i32>,
    /// For the shelter.
    pub why: String,
    /// Whether it is tried again.
    pub again: Again,
}

/// Whether a delivery is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// After the usual pause, and not before the receiver asks for.
    Later(Option<Duration>),
    /// No: it would fail in the same way.
    Never,
    /// No, and neither is any other delivery to this webhook.
    NothingEver,
}

/// A delivery that could not be signed.
pub(super) fn unsigned() -> Fault {
    Fault {
        status: None,
        why: "its secret cannot be read any more: make another one with rotateWebhookSecret".to_owned(),
        again: Again::Later(None),
    }
}

/// Posts a delivery; the status of an answer that takes it.
pub(super) async fn post(
    deps: &Deps,
    webhook: &webhook::Model,
    delivery: &webhook_delivery::Model,
    (secrets, now): (&[String], Timestamp),
) -> Result<i32, Fault> {
    let headers = headers(delivery, signature(secrets, now, &delivery.payload)).map_err(|_| unsigned())?;
    let limits = Limits {
        most_bytes: MOST_BYTES,
        timeout: TIMEOUT,
        redirects: 0,
    };
    let body = Bytes::from(delivery.payload.clone());
    match deps.outbound.post(&webhook.url, headers, body, limits).await {
        Ok(answer) => Ok(i32::from(answer.status)),
        Err(error) => Err(fault(&error)),
    }
}

/// Why it was not taken. A wrong answer may be set right within three days, by whoever runs the receiver, and so may an
/// address that has moved; one that must not be asked stays so.
fn fault(error: &OutboundError) -> Fault {
    let (status, again) = match error {
        OutboundError::Status { status: 410, .. } => (Some(410), Again::NothingEver),
        OutboundError::Status { status, .. } => (Some(*status), Again::Later(error.retry_after())),
        OutboundError::Moved(status) => (Some(*status), Again::Later(None)),
        error if error.is_final() => (None, Again::Never),
        error => (None, Again::Later(error.retry_after())),
    };
    Fault {
        status: status.map(i32::from),
        why: error.to_string().chars().take(LONGEST_ERROR).collect(),
        again,
    }
}

fn headers(delivery: &webhook_delivery::Model, signature: String) -> Result<Vec<(HeaderName, HeaderValue)>> {
    let value = |text: String| HeaderValue::try_from(text).map_err(Error::internal);
    Ok(vec![
        (
            HeaderName::from_static("content-type"),
            HeaderValue::from_static("application/json"),
        ),
        (HeaderName::from_static("sweetie-signature"), value(signature)?),
        (
            HeaderName::from_static("sweetie-delivery"),
            value(delivery.id.to_string())?,
        ),
        (
            HeaderName::from_static("sweetie-event"),
            value(delivery.event.to_value())?,
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn answered(status: u16) -> Fault {
        fault(&OutboundError::Status {
            status,
            retry_after: matches!(status, 429 | 503).then_some(MINUTE),
            said: "sorry".to_owned(),
        })
    }

    #[test]
    fn whatever_is_no_success_is_tried_again_and_only_gone_is_for_ever() {
        for status in [400, 404, 500] {
            assert_eq!(answered(status).again, Again::Later(None), "{status}");
        }
        for status in [429, 503] {
            assert_eq!(answered(status).again, Again::Later(Some(MINUTE)), "{status}");
        }
        assert_eq!(answered(410).again, Again::NothingEver);
        assert_eq!(fault(&OutboundError::Moved(302)).again, Again::Later(None));
        assert_eq!(fault(&OutboundError::Busy).again, Again::Later(None));
    }

    #[test]
    fn an_address_that_must_not_be_asked_is_not_tried_again() {
        assert_eq!(fault(&OutboundError::Private).again, Again::Never);
    }
}
