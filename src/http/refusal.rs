//! Error responses of plain HTTP routes.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::graphql::{Refused, whole_seconds};
use crate::kernel::Error;

/// A response with an error code for programs and a sentence for people. Never cached.
pub fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    let body = Json(json!({ "error": { "code": code, "message": message } }));
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// The response for a use case's error. Internal causes are logged and not revealed.
pub fn failed(error: &Error) -> Response {
    let status = match error {
        Error::Unauthenticated | Error::TokenExpired | Error::KeyExpired => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Invalid(_) | Error::BadInput(_) | Error::ResumeUnavailable => StatusCode::BAD_REQUEST,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable(_) | Error::NotNow(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    if let Error::Unavailable(cause) | Error::Internal(cause) = error {
        tracing::error!(error = ?cause, "a request failed");
    }
    let mut response = refusal(status, error.code(), &error.to_string());
    if let Error::RateLimited { after, .. } = error {
        retry_after(&mut response, *after);
    }
    response
}

/// The response for somebody who is not let in.
pub fn turned_away(refused: Refused) -> Response {
    match refused {
        Refused::Unauthenticated(message) => {
            let mut response = refusal(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", &message);
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
            response
        }
        Refused::RateLimited { after, what, headers } => {
            let message = format!("{what}: try again in {} seconds", whole_seconds(after));
            let mut response = refusal(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", &message);
            response.headers_mut().extend(*headers);
            retry_after(&mut response, after);
            response
        }
        Refused::Unavailable => refusal(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "try again in a moment"),
    }
}

fn retry_after(response: &mut Response, after: Duration) {
    let seconds = HeaderValue::from(whole_seconds(after));
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
}
