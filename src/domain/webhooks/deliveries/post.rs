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
/// Maximum number of bytes of an answer that are read; nothing is made of them.
const MOST_BYTES: usize = 64 * 1024;
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
        Ok(answer) => judged(answer.status.as_u16(), answer.retry_after()),
        Err(error) => Err(unanswered(&error)),
    }
}

/// What a status means. Redirects are not followed: they could lead where nobody has checked.
fn judged(status: u16, retry_after: Option<Duration>) -> Result<i32, Fault> {
    let (why, again) = match status {
        200..=299 => return Ok(i32::from(status)),
        300..=399 => ("which leads elsewhere: give the final address", Again::Later(None)),
        410 => ("which means that nothing is wanted there any more", Again::NothingEver),
        429 | 503 => ("which asks for a pause", Again::Later(retry_after)),
        _ => ("and only 200 to 299 mean that it was taken", Again::Later(None)),
    };
    Err(Fault {
        status: Some(i32::from(status)),
        why: format!("its system answered {status}, {why}"),
        again,
    })
}

/// What it means that there was no answer.
fn unanswered(error: &OutboundError) -> Fault {
    Fault {
        status: None,
        why: error.to_string().chars().take(LONGEST_ERROR).collect(),
        again: match error.is_final() {
            true => Again::Never,
            false => Again::Later(error.retry_after()),
        },
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
        (HeaderName::from_static("sweetie-delivery"), value(delivery.id.to_string())?),
        (HeaderName::from_static("sweetie-event"), value(delivery.event.to_value())?),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn two_hundreds_are_taken_and_only_gone_is_for_ever() {
        assert_eq!(judged(204, None), Ok(204));
        let again = |status| judged(status, Some(MINUTE)).unwrap_err().again;
        for status in [301, 400, 404, 500] {
            assert_eq!(again(status), Again::Later(None), "{status}");
        }
        for status in [429, 503] {
            assert_eq!(again(status), Again::Later(Some(MINUTE)), "{status}");
        }
        assert_eq!(again(410), Again::NothingEver);
    }
}
