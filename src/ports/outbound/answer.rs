//! Answers, read as far as the limits go.

use bytes::Bytes;
use reqwest::{
    Response, StatusCode,
    header::{HeaderMap, HeaderName},
};
use tokio::time::{Duration, Instant, timeout_at};

use super::{client::failure, error::OutboundError};
use crate::ports::retry_after::retry_after;

/// Most bytes of what a server says about a post, which people read.
const SAID_BYTES: usize = 4 * 1024;
/// For reading it. What was posted has arrived by then, so nothing is lost if it takes longer.
const SAID_WITHIN: Duration = Duration::from_secs(2);

/// The whole body, of at most so many bytes. What the server says of its length is believed only if it is too large.
pub async fn body(mut response: Response, most_bytes: usize) -> Result<Bytes, OutboundError> {
    let is_too_large = |length: u64| u64::try_from(most_bytes).is_ok_and(|most| most < length);
    if response.content_length().is_some_and(is_too_large) {
        return Err(OutboundError::TooLarge(most_bytes));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if most_bytes - body.len() < chunk.len() {
            return Err(OutboundError::TooLarge(most_bytes));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// The beginning of what the server says, as far as it arrives in time.
pub async fn said(mut response: Response, deadline: Instant) -> String {
    let deadline = deadline.min(Instant::now() + SAID_WITHIN);
    let mut said = Vec::new();
    while said.len() < SAID_BYTES
        && let Ok(Ok(Some(chunk))) = timeout_at(deadline, response.chunk()).await
    {
        let room = SAID_BYTES - said.len();
        said.extend(chunk.into_iter().take(room));
    }
    let text = String::from_utf8_lossy(&said);
    let plain = text.chars().map(|character| match character.is_control() {
        true => ' ',
        false => character,
    });
    plain.collect::<String>().trim().to_owned()
}

/// A header, if it is text.
pub fn header(response: &Response, name: HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// The error for a status that is no success.
pub fn status_error(status: StatusCode, headers: &HeaderMap, said: String) -> OutboundError {
    let asks_for_time = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    OutboundError::Status {
        status: status.as_u16(),
        retry_after: asks_for_time.then(|| retry_after(headers)).flatten(),
        said,
    }
}
