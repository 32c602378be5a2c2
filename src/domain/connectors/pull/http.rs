//! Requests to the systems of shelters, and what their failures mean for the staff.

use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::source::PullError;
use crate::ports::outbound::{HeaderName, HeaderValue, Limits, Outbound, OutboundError};

/// Most bytes of a pull, all its pages together.
pub(super) const MOST_BYTES: usize = 64_000_000;
/// Time for one answer. ASM3 takes a minute to gather the animals of a large shelter.
pub(super) const TIMEOUT: Duration = Duration::from_secs(120);

/// Headers of a request.
pub(super) type Headers = Vec<(HeaderName, HeaderValue)>;

/// Fetches what is there. `redirects` is 0 for what is no file: no API sends its clients elsewhere.
pub(super) async fn get(outbound: &Outbound, url: &str, headers: Headers, redirects: u8) -> Result<Bytes, PullError> {
    let fetched = outbound.get_confidential(url, headers, limits(redirects)).await;
    fetched.map(|fetched| fetched.bytes).map_err(failure)
}

/// Posts that, and fetches the answer.
pub(super) async fn post(outbound: &Outbound, url: &str, headers: Headers, body: Vec<u8>) -> Result<Bytes, PullError> {
    let fetched = outbound.post_confidential(url, headers, body.into(), limits(0)).await;
    fetched.map(|fetched| fetched.bytes).map_err(failure)
}

/// A header with a secret, which nothing shows.
pub(super) fn secret_header(name: &'static str, value: &str) -> Result<(HeaderName, HeaderValue), PullError> {
    let unusable = |_| PullError::Refused("the key has a character that no key has: enter it again".to_owned());
    let mut value = HeaderValue::from_str(value).map_err(unusable)?;
    value.set_sensitive(true);
    Ok((HeaderName::from_static(name), value))
}

/// An answer in JSON. One that is none may be a page about maintenance, so that it is worth another try.
pub(super) fn json<T: DeserializeOwned>(answer: &[u8], software: &str) -> Result<T, PullError> {
    serde_json::from_slice(answer).map_err(|fault| {
        let reason = match fault.is_eof() {
            true => format!("the answer of {software} breaks off in the middle: it is tried again later"),
            false => format!(
                "what answers is not the API of {software}, or it gives something else than it documents: check the \
                 address, or wait until {software} is itself again"
            ),
        };
        PullError::unavailable(&reason)
    })
}

/// What the failure of a request means.
pub(super) fn failure(error: OutboundError) -> PullError {
    match &error {
        OutboundError::Status { status, .. } if matches!(status, 401 | 403) => PullError::Refused(format!(
            "the other side does not accept the key or password (it answered {status}): enter the one that is valid now"
        )),
        OutboundError::Status { status, .. } if matches!(status, 404 | 410) => PullError::Refused(format!(
            "there is nothing at this address (the other side answered {status}): check it"
        )),
        OutboundError::TooManyRedirects(0) | OutboundError::Moved(_) => PullError::Refused(
            "the address leads to another one, and keys are not sent on: enter the one to which it leads".to_owned(),
        ),
        OutboundError::Status { status, .. } if error.is_final() => PullError::Refused(format!(
            "the other side refuses the request (it answered {status}): check the address and the account"
        )),
        _ if error.is_final() => PullError::Refused(error.to_string()),
        _ => PullError::Unavailable {
            reason: match &error {
                OutboundError::Status { status: 429, .. } => {
                    "the other side was asked too often (it answered 429): it is tried again later".to_owned()
                }
                _ => error.to_string(),
            },
            retry_after: error.retry_after(),
        },
    }
}

fn limits(redirects: u8) -> Limits {
    Limits {
        most_bytes: MOST_BYTES,
        timeout: TIMEOUT,
        redirects,
    }
}
