//! The body of a POST, within the size and the time that a request has.

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header::CONTENT_LENGTH},
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::http::{
    connection::drain,
    graphql::{Code, Limits, Problem},
};

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

fn too_long(limits: &Limits) -> (StatusCode, Problem) {
    let limit = limits.body;
    let problem = Problem::new(Code::DocumentTooLarge, format!("the body is larger than {limit} bytes"));
    (StatusCode::PAYLOAD_TOO_LARGE, problem.with("limit", limit as u64))
}
