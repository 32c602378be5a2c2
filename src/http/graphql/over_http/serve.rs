//! `/graphql` over HTTP.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Value, value};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{CONTENT_ENCODING, CONTENT_TYPE},
        request::Parts,
    },
    response::Response,
    routing::any,
};
use futures_util::FutureExt;
use tokio::time::timeout;

use super::{
    body,
    negotiate::{Media, negotiate},
    response::Answers,
};
use crate::http::graphql::{
    Admitted, Approved, Code, Envelope, GraphqlEndpoint, Kind, Problem, Refused,
    documents::Unapproved,
    endpoint::credentials,
    outcome, request_id, socket,
    telemetry::{self, Transport},
};

/// Serves `/graphql`: POST, GET and the WebSocket upgrade.
pub fn router(endpoint: Arc<GraphqlEndpoint>) -> Router {
    Router::new().route("/graphql", any(serve)).with_state(endpoint)
}

async fn serve(State(endpoint): State<Arc<GraphqlEndpoint>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let request_id = request_id::of(&parts.headers);
    if socket::is_upgrade(&parts.headers) {
        return socket::upgrade(endpoint, parts, request_id).await;
    }
    let Some(media) = negotiate(&parts.headers) else {
        let message = "accept application/graphql-response+json or application/json";
        let problem = Problem::new(Code::BadUserInput, message);
        return Answers::new(Media::Json, request_id).problem(StatusCode::NOT_ACCEPTABLE, problem);
    };
    let answers = Answers::new(media, request_id.clone());
    match AssertUnwindSafe(endpoint.answer(answers, parts, body))
        .catch_unwind()
        .await
    {
        Ok(response) => response,
        Err(_) => {
            let problem = outcome::panicked(&request_id);
            Answers::new(media, request_id).problem(StatusCode::INTERNAL_SERVER_ERROR, problem)
        }
    }
}

impl GraphqlEndpoint {
    /// Cheap checks of the headers first, then who asks, and only then the body.
    async fn answer(&self, mut answers: Answers, parts: Parts, body: Body) -> Response {
        if let Err(refused) = check_headers(&answers, &parts) {
            return *refused;
        }
        let admission = self.gate.admit(credentials(&parts, &answers.request_id));
        let admission = timeout(self.limits().timeout, admission).await;
        let admitted = match admission.unwrap_or(Err(Refused::Unavailable)) {
            Ok(admitted) => admitted,
            Err(refused) => return answers.refused_entry(&refused),
        };
        answers.headers.clone_from(&admitted.headers);
        let mut envelope = match self.envelope(&answers, &parts, body).await {
            Ok(envelope) => envelope,
            Err(refused) => return *refused,
        };
        match self.documents.approve(&mut envelope).await {
            Ok(approved) => self.operate(&answers, &parts, &admitted, approved).await,
            Err(Unapproved::Unregistered(problem)) => answers.problem(StatusCode::OK, problem),
            Err(Unapproved::Misnamed(problem)) => answers.problem(StatusCode::BAD_REQUEST, problem),
            Err(Unapproved::Refused(problems)) => answers.refused_document(&problems),
        }
    }

    async fn envelope(&self, answers: &Answers, parts: &Parts, body: Body) -> Result<Envelope, Box<Response>> {
        let envelope = match parts.method == Method::GET {
            true => Envelope::from_query_string(parts.uri.query().unwrap_or_default()),
            false => {
                let bytes = body::read(body, &parts.headers, self.limits()).await;
                let bytes = bytes.map_err(|(status, problem)| Box::new(answers.problem(status, problem)))?;
                Envelope::from_body(&bytes)
            }
        };
        envelope.map_err(|message| {
            Box::new(answers.problem(StatusCode::BAD_REQUEST, Problem::new(Code::BadUserInput, message)))
        })
    }

    async fn operate(&self, answers: &Answers, parts: &Parts, admitted: &Admitted, approved: Approved) -> Response {
        let Approved { kind, request, cost } = approved;
        if kind == Kind::Subscription {
            let message = "subscriptions need a WebSocket with the subprotocol graphql-transport-ws";
            return answers.problem(StatusCode::BAD_REQUEST, Problem::new(Code::BadUserInput, message));
        }
        if kind == Kind::Mutation && parts.method == Method::GET {
            let problem = Problem::new(Code::BadUserInput, "only queries are allowed over GET");
            return answers.method_not_allowed("POST", problem);
        }
        if let Err(refused) = self.gate.spend(admitted, cost).await {
            return answers.refused_entry(&refused);
        }
        let _turn = match self.gate.turn(admitted, cost).await {
            Ok(turn) => turn,
            Err(refused) => return answers.over_budget(&refused),
        };
        let limits = self.limits();
        let operation = (kind, (admitted.attach)(request));
        match outcome::run(&*self.engine, limits, operation, (Transport::Http, &answers.request_id)).await {
            Ok(mut response) => {
                if wants_cost(&parts.headers) {
                    response
                        .extensions
                        .insert("cost".into(), cost_report(cost, limits.cost));
                }
                telemetry::answered(Transport::Http, Some(kind), outcome::first_code(&response));
                answers.executed(response)
            }
            Err(problem) => answers.problem(StatusCode::SERVICE_UNAVAILABLE, problem),
        }
    }
}

/// The method and, for a POST, how the body is written.
fn check_headers(answers: &Answers, parts: &Parts) -> Result<(), Box<Response>> {
    match parts.method {
        Method::GET => Ok(()),
        Method::POST if is_plain_json(&parts.headers) => Ok(()),
        Method::POST => {
            let problem = Problem::new(Code::BadUserInput, "send application/json in UTF-8, not compressed");
            Err(Box::new(answers.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem)))
        }
        _ => {
            let problem = Problem::new(Code::BadUserInput, "use POST, or GET for queries");
            Err(Box::new(answers.method_not_allowed("GET, POST", problem)))
        }
    }
}

fn is_plain_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts
        .filter_map(|parameter| parameter.split_once('='))
        .all(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        });
    is_json && is_utf8 && !headers.contains_key(CONTENT_ENCODING)
}

fn wants_cost(headers: &HeaderMap) -> bool {
    headers.get("x-graphql-cost").is_some_and(|value| value == "include")
}

fn cost_report(cost: u64, most: u64) -> Value {
    value!({ "requestedQueryCost": cost, "maximumQueryCost": most })
}
