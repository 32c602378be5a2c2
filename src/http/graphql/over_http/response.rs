//! HTTP answers: status, headers, body.

use std::time::Duration;

use async_graphql_axum::GraphQLResponse;
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse, Response},
};

use super::negotiate::Media;
use crate::http::graphql::{
    OverBudget, Problem, Refused,
    outcome::NotExecuted,
    problem::whole_seconds,
    request_id,
    telemetry::{self, Transport},
};

/// Writes and counts answers to one request.
pub struct Answers {
    /// The media type that was negotiated.
    pub media: Media,
    /// The request's id.
    pub request_id: String,
    /// Headers that the gate wants on every answer.
    pub headers: HeaderMap,
}

impl Answers {
    /// Answers without headers of the gate's.
    pub fn new(media: Media, request_id: String) -> Self {
        Self {
            media,
            request_id,
            headers: HeaderMap::new(),
        }
    }

    /// The response to an executed operation; the caller counts it.
    pub fn executed(&self, response: async_graphql::Response) -> Response {
        self.finished(GraphQLResponse::from(response).into_response())
    }

    /// Not the library's response type: that always has `data`, at least null, which would mean that something was
    /// executed.
    fn not_executed(&self, status: StatusCode, errors: &[Problem]) -> Response {
        let (status, body) = match serde_json::to_vec(&NotExecuted { errors }) {
            Ok(body) => (status, body),
            Err(error) => {
                tracing::error!(request.id = self.request_id, %error, "an answer could not be written");
                (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
            }
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        self.finished(response)
    }

    fn finished(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.extend(self.headers.clone());
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media.content_type()));
        dress(headers, &self.request_id);
        response
    }

    /// An answer to a request that could not be executed, whatever the media type.
    pub fn problem(&self, status: StatusCode, problem: Problem) -> Response {
        telemetry::answered(Transport::Http, None, Some(problem.code));
        self.not_executed(status, &[problem])
    }

    /// An answer to a document that was refused: well-formed HTTP, so 200 for clients that know only JSON.
    pub fn refused_document(&self, problems: &[Problem]) -> Response {
        let status = match self.media {
            Media::Json => StatusCode::OK,
            Media::GraphqlResponse => StatusCode::BAD_REQUEST,
        };
        telemetry::answered(Transport::Http, None, problems.first().map(|problem| problem.code));
        self.not_executed(status, problems)
    }

    /// 405, with the methods that are allowed.
    pub fn method_not_allowed(&self, allow: &'static str, problem: Problem) -> Response {
        let mut response = self.problem(StatusCode::METHOD_NOT_ALLOWED, problem);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
        response
    }

    /// An answer to somebody whom the gate did not let in.
    pub fn refused_entry(&self, refused: &Refused) -> Response {
        let problem = Problem::from(refused);
        match refused {
            Refused::Unauthenticated(_) => {
                let mut response = self.problem(StatusCode::UNAUTHORIZED, problem);
                response
                    .headers_mut()
                    .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                response
            }
            Refused::RateLimited { after, headers, .. } => {
                let mut response = self.too_many(problem, *after);
                response.headers_mut().extend((**headers).clone());
                response
            }
            Refused::Unavailable => self.problem(StatusCode::SERVICE_UNAVAILABLE, problem),
        }
    }

    /// An answer to an operation that costs more than there is room for now.
    pub fn over_budget(&self, refused: &OverBudget) -> Response {
        self.too_many(Problem::from(refused), refused.after)
    }

    fn too_many(&self, problem: Problem, after: Duration) -> Response {
        let mut response = self.problem(StatusCode::TOO_MANY_REQUESTS, problem);
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(whole_seconds(after)));
        response
    }
}

/// The headers that every answer of this endpoint has.
pub fn dress(headers: &mut HeaderMap, request_id: &str) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(request_id::HEADER, id);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{CacheControl, ServerError, value};
    use axum::body::to_bytes;

    use super::*;
    use crate::http::graphql::Code;

    async fn text(response: Response) -> String {
        let bytes = to_bytes(response.into_body(), 1024).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn what_was_executed_has_the_media_type_asked_for_and_is_never_stored() {
        let mut answers = Answers::new(Media::Json, "r1".into());
        answers.headers.insert("x-of-the-gate", HeaderValue::from_static("1"));
        let cached = CacheControl {
            public: true,
            max_age: 60,
        };
        let response = async_graphql::Response::new(value!({ "a": 1 })).cache_control(cached);

        let answer = answers.executed(response);

        assert_eq!(answer.status(), StatusCode::OK);
        let headers = answer.headers();
        assert_eq!(headers[CONTENT_TYPE], "application/json; charset=utf-8");
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert_eq!(headers[request_id::HEADER], "r1");
        assert_eq!(headers["x-of-the-gate"], "1");
        assert_eq!(text(answer).await, r#"{"data":{"a":1}}"#);
    }

    #[tokio::test]
    async fn only_what_was_executed_has_data_be_it_null() {
        let answers = Answers::new(Media::GraphqlResponse, "r1".into());
        let failed = async_graphql::Response::from_errors(vec![ServerError::new("x", None)]);

        let executed = text(answers.executed(failed)).await;
        let refused = text(answers.refused_document(&[Problem::new(Code::BadUserInput, "x")])).await;

        assert!(executed.ends_with("\"data\":null}"), "{executed}");
        assert!(!refused.contains("data"), "{refused}");
    }
}
