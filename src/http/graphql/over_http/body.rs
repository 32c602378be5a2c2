//! The body of a POST, within the size and the time that a request has.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header::CONTENT_LENGTH},
};
use bytes::Bytes;
use futures_util::StreamExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::http::graphql::{Code, Limits, Problem};

/// The most bytes of a body that is too long which are read and thrown away, and for how long.
const DRAINED: usize = 16 * 1024 * 1024;
const DRAINING: Duration = Duration::from_secs(2);

/// Reads a whole body, or says with which status it is refused.
pub async fn read(body: Body, headers: &HeaderMap, limits: &Limits) -> Result<Bytes, (StatusCode, Problem)> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| limits.body < length) {
        drain(body).await;
        return Err(too_long(limits));
    }
    match timeout(limits.timeout, Limited::new(body, limits.body).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_long(limits)),
        Ok(Err(_)) => {
            let problem = Problem::new(Code::BadUserInput, "the body ended early");
            Err((StatusCode::BAD_REQUEST, problem))
        }
        Err(_) => {
            let problem = Problem::new(Code::Timeout, "the body took too long");
            Err((StatusCode::REQUEST_TIMEOUT, problem))
        }
    }
}

/// A client that is still writing would see a reset instead of the answer, so it gets a moment to finish.
async fn drain(body: Body) {
    let mut left = DRAINED;
    let mut chunks = body.into_data_stream();
    let reading = async {
        while let Some(Ok(chunk)) = chunks.next().await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                break;
            }
        }
    };
    // Out of time is as good as done: the answer follows either way.
    let _in_time = timeout(DRAINING, reading).await.is_ok();
}

fn too_long(limits: &Limits) -> (StatusCode, Problem) {
    let limit = limits.body;
    let problem = Problem::new(Code::DocumentTooLarge, format!("the body is larger than {limit} bytes"));
    (StatusCode::PAYLOAD_TOO_LARGE, problem.with("limit", limit as u64))
}
