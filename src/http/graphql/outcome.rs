//! What came of an operation, made fit for clients.

use std::time::{Duration, Instant};

use async_graphql::{ErrorExtensionValues, PathSegment, Request, Response, ServerError, Value};
use serde::Serialize;

use super::{
    Code, Engine, Kind, Limits, Problem,
    telemetry::{self, Transport},
};

/// Runs a query or mutation within its time.
pub async fn run(
    engine: &dyn Engine,
    limits: &Limits,
    (kind, request): (Kind, Request),
    (transport, request_id): (Transport, &str),
) -> Result<Response, Problem> {
    let started = Instant::now();
    let outcome = tokio::time::timeout(limits.timeout, engine.execute(request)).await;
    telemetry::took(transport, kind, started);
    match outcome {
        Ok(response) => Ok(settle(response, limits.errors, request_id)),
        Err(_) => Err(timed_out(limits.timeout)),
    }
}

/// Something panicked while it worked on a request; the panic itself is in the log already.
pub fn panicked(request_id: &str) -> Problem {
    tracing::error!(request.id = request_id, "a request ended in a panic");
    Problem::internal(request_id)
}

fn timed_out(limit: Duration) -> Problem {
    let seconds = limit.as_secs();
    Problem::new(
        Code::Timeout,
        format!("the operation took longer than {seconds} seconds"),
    )
    .with("limit", seconds)
}

/// Cuts the list of errors and gives each a code; what has none is masked and logged.
pub fn settle(mut response: Response, most: usize, request_id: &str) -> Response {
    response.errors.truncate(most);
    for error in &mut response.errors {
        if code_text(error).is_some() {
            continue;
        }
        match is_bad_input(error) {
            true => set_code(error, Code::BadUserInput),
            false => mask(error, request_id),
        }
    }
    response
}

/// Whether it is about something that could not be looked at, so that the answer is not whole: not about what is not
/// there, or not for who asks.
pub fn is_lost(error: &ServerError) -> bool {
    match code_text(error).and_then(Code::parse) {
        Some(code) => matches!(code, Code::Unavailable | Code::Timeout | Code::Internal),
        None => !is_bad_input(error),
    }
}

/// The code of the first error, for counting; `None` if there is no error.
pub fn first_code(response: &Response) -> Option<Code> {
    response
        .errors
        .first()
        .map(|error| code_text(error).and_then(Code::parse).unwrap_or(Code::Internal))
}

fn code_text(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Errors of the library's own about an input value (a scalar's text, a validator) have no code. They are told apart
/// by their fixed beginning and by having no source, which every error converted by `?` has.
fn is_bad_input(error: &ServerError) -> bool {
    let begins = |start| error.message.starts_with(start);
    error.source.is_none() && (begins("Failed to parse \"") || begins("Expected input type \""))
}

fn set_code(error: &mut ServerError, code: Code) {
    error.message.truncate(error.message.floor_char_boundary(300));
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code.as_str());
}

fn mask(error: &mut ServerError, request_id: &str) {
    let path = path_text(&error.path);
    tracing::error!(request.id = request_id, error = %error.message, path, "an error without a code was masked");
    error.message = "Internal server error".into();
    error.source = None;
    error.extensions = None;
    set_code(error, Code::Internal);
    if let Some(extensions) = &mut error.extensions {
        extensions.set("requestId", request_id);
    }
}

fn path_text(path: &[PathSegment]) -> String {
    let segment = |segment: &PathSegment| match segment {
        PathSegment::Field(name) => name.clone(),
        PathSegment::Index(index) => index.to_string(),
    };
    path.iter().map(segment).collect::<Vec<_>>().join(".")
}

/// An answer to a request that was not executed: no `data`.
#[derive(Serialize)]
pub struct NotExecuted<'a> {
    /// What is wrong with it; never empty.
    pub errors: &'a [Problem],
}

#[cfg(test)]
mod tests {
    use async_graphql::{Error, ErrorExtensions, InputValueError, Pos};
    use serde_json::json;

    use super::*;

    fn settled(error: ServerError) -> serde_json::Value {
        let response = settle(Response::from_errors(vec![error]), 5, "r1");
        serde_json::to_value(&response).unwrap()["errors"][0].take()
    }

    #[test]
    fn an_error_without_a_code_tells_nothing() {
        let leak = Error::new("relation \"members\" does not exist").into_server_error(Pos { line: 1, column: 3 });
        let expected = json!({
            "message": "Internal server error",
            "locations": [{ "line": 1, "column": 3 }],
            "extensions": { "code": "INTERNAL_SERVER_ERROR", "requestId": "r1" },
        });
        assert_eq!(settled(leak), expected);
    }

    #[test]
    fn a_foreign_error_that_looks_like_bad_input_is_masked_too() {
        let leak = Error::from("Failed to parse \"postgres://secret\"".to_owned()).into_server_error(Pos::default());
        assert_eq!(settled(leak)["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    }

    #[test]
    fn a_value_that_a_scalar_refuses_is_bad_user_input() {
        let refused = InputValueError::<String>::custom("too long").into_server_error(Pos::default());
        let error = settled(refused);
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT");
        assert_eq!(error["message"], "Failed to parse \"String\": too long");
    }

    #[test]
    fn what_could_not_be_looked_at_is_lost_and_what_one_may_not_see_is_not() {
        let with = |code: &str| {
            let error = Error::new("x").extend_with(|_, extensions| extensions.set("code", code));
            error.into_server_error(Pos::default())
        };
        for code in ["FORBIDDEN", "NOT_FOUND", "RATE_LIMITED", "BAD_USER_INPUT"] {
            assert!(!is_lost(&with(code)), "{code}");
        }
        for code in ["UNAVAILABLE", "TIMEOUT", "INTERNAL_SERVER_ERROR"] {
            assert!(is_lost(&with(code)), "{code}");
        }
        assert!(is_lost(&ServerError::new("db: secret", None)));
    }

    #[test]
    fn errors_come_first_and_are_at_most_as_many_as_asked_for() {
        let errors = (0..9).map(|_| ServerError::new("x", None)).collect();
        let text = serde_json::to_string(&settle(Response::from_errors(errors), 5, "r")).unwrap();
        assert_eq!(text.matches("requestId").count(), 5);
        assert!(
            text.starts_with("{\"errors\":") && text.ends_with("\"data\":null}"),
            "{text}"
        );
    }
}
