//! Error responses of plain HTTP routes.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

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
    refusal(status, error.code(), &error.to_string())
}
