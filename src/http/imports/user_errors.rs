//! What a script can correct, with the codes and sentences of `userErrors`.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    domain::photos::StoreUploadError,
    graphql::fault_word,
    http::{files::uploads::not_taken, refusal::failed},
    kernel::{Error, FieldCode, FieldError},
};

/// The answer to a request that was not done.
pub fn not_done(error: &Error) -> Response {
    let Error::Invalid(faults) = error else {
        return failed(error);
    };
    let faults: Vec<(&str, &FieldError)> = faults.iter().map(|fault| (named(fault), fault)).collect();
    let sentences: Vec<String> = faults
        .iter()
        .map(|(name, fault)| match fault.message.contains(*name) {
            true => fault.message.clone(),
            false => format!("{name}: {}", fault.message),
        })
        .collect();
    let errors: Vec<_> = faults
        .iter()
        .map(|(name, fault)| json!({ "field": [name], "code": fault_word(fault.code), "message": fault.message }))
        .collect();
    let body = json!({
        "error": { "code": error.code(), "message": sentences.join("; ") },
        "userErrors": errors,
    });
    let status = faults
        .first()
        .map_or(StatusCode::BAD_REQUEST, |(_, fault)| status(fault.code));
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// The answer to a file that was not taken or not imported.
pub fn not_imported(error: &StoreUploadError) -> Response {
    match error {
        StoreUploadError::Failed(error) => not_done(error),
        other => not_taken(other),
    }
}

/// The part of this request that is meant: it has no `input` with an `uploadId`.
fn named(fault: &FieldError) -> &str {
    match fault.path.first().map(String::as_str) {
        Some("uploadId" | "byteSize") | None => "file",
        Some("contentType") => "Content-Type",
        Some("idempotencyKey") => "Idempotency-Key",
        Some(name) => name,
    }
}

fn status(code: FieldCode) -> StatusCode {
    match code {
        FieldCode::NotFound => StatusCode::NOT_FOUND,
        FieldCode::NotAllowed | FieldCode::Unverified => StatusCode::FORBIDDEN,
        FieldCode::Conflict | FieldCode::Taken => StatusCode::CONFLICT,
        FieldCode::LimitReached => StatusCode::TOO_MANY_REQUESTS,
        FieldCode::Required
        | FieldCode::Invalid
        | FieldCode::TooLong
        | FieldCode::TooShort
        | FieldCode::TooMany
        | FieldCode::OutOfRange
        | FieldCode::Expired => StatusCode::BAD_REQUEST,
    }
}
