//! From an HTTP request to a socket.

use std::sync::Arc;

use async_graphql::http::WebSocketProtocols;
use axum::{
    extract::{FromRequestParts, WebSocketUpgrade},
    http::{
        HeaderMap, StatusCode,
        header::{ORIGIN, UPGRADE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};

use super::{
    super::{
        Code, GraphqlEndpoint, Problem, Refused,
        endpoint::credentials,
        over_http::{Answers, Media, dress},
    },
    session,
};
use crate::http::connection::OpenFile;

/// Whether the request wants to become a WebSocket.
pub fn is_upgrade(headers: &HeaderMap) -> bool {
    headers
        .get(UPGRADE)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Upgrades the request, unless its origin, its address or the server's end stand against it. A client that does not
/// speak the protocol is let in and closed with 4406, because a browser shows its page nothing of an HTTP answer.
pub async fn upgrade(endpoint: Arc<GraphqlEndpoint>, mut parts: Parts, request_id: String) -> Response {
    let answers = Answers::new(Media::Json, request_id);
    let sockets = &endpoint.sockets;
    let settings = &sockets.settings;
    if !is_allowed_origin(&parts.headers, &settings.allowed_origins) {
        let problem = Problem::new(Code::Forbidden, "sockets from this origin are not allowed");
        return answers.problem(StatusCode::FORBIDDEN, problem);
    }
    if sockets.closing.is_cancelled() {
        return answers.refused_entry(&Refused::Unavailable);
    }
    let credentials = credentials(&parts, &answers.request_id);
    let Some(permit) = sockets.addresses.take(credentials.address) else {
        return answers.refused_entry(&Refused::RateLimited {
            after: settings.ping_interval,
            what: "too many sockets of this address are open".to_owned(),
            headers: Box::default(),
        });
    };
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.protocols([WebSocketProtocols::GraphQLWS.sec_websocket_protocol()]),
        Err(refused) => {
            tracing::debug!(request.id = answers.request_id, error = %refused, "no WebSocket handshake");
            let problem = Problem::new(Code::BadUserInput, "this is not a WebSocket handshake");
            return answers.problem(refused.into_response().status(), problem);
        }
    };
    // The connection's file stays open as long as the socket.
    let open_file = parts.extensions.get::<OpenFile>().cloned();
    let speaks = upgrade.selected_protocol().is_some();
    let (endpoint, tasks) = (Arc::clone(&endpoint), sockets.tasks.clone());
    let mut response = upgrade
        .read_buffer_size(settings.read_buffer)
        .write_buffer_size(0)
        .max_message_size(settings.message_bytes)
        .max_frame_size(settings.message_bytes)
        .on_upgrade(move |socket| {
            tasks.track_future(async move {
                session::serve(endpoint, socket, credentials, speaks).await;
                drop((permit, open_file));
            })
        });
    dress(response.headers_mut(), &answers.request_id);
    response
}

fn is_allowed_origin(headers: &HeaderMap, allowed: &[String]) -> bool {
    match headers.get(ORIGIN) {
        Some(origin) => allowed
            .iter()
            .any(|allowed| origin.as_bytes().eq_ignore_ascii_case(allowed.as_bytes())),
        None => true,
    }
}
