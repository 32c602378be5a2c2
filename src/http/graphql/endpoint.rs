//! What stands behind `/graphql`, whether somebody asks over HTTP or on a socket.

use std::sync::Arc;

use axum::http::{
    HeaderMap,
    header::{AUTHORIZATION, USER_AGENT},
    request::Parts,
};

use super::{Credentials, Documents, Engine, Gate, Limits, SocketSettings, socket::Sockets};
use crate::http::connection::address_of;

/// Everything behind `/graphql`: one per process.
pub struct GraphqlEndpoint {
    pub(super) engine: Box<dyn Engine>,
    pub(super) documents: Documents,
    pub(super) gate: Arc<dyn Gate>,
    pub(super) sockets: Sockets,
}

impl GraphqlEndpoint {
    /// Creates the endpoint. The guard of the documents must have been built for the engine's schema.
    pub fn new(
        engine: impl Engine + 'static,
        documents: Documents,
        sockets: SocketSettings,
        gate: Arc<dyn Gate>,
    ) -> Self {
        Self {
            engine: Box::new(engine),
            documents,
            gate,
            sockets: Sockets::new(sockets),
        }
    }

    /// How much one request may ask for.
    pub(super) fn limits(&self) -> &Limits {
        self.documents.guard().limits()
    }

    /// Closes all sockets with 1001, takes no new ones, and returns when the last one is gone: at the latest after
    /// [`SocketSettings::send_timeout`] and the few seconds that a closing handshake may take.
    pub async fn shutdown(&self) {
        self.sockets.shutdown().await;
    }
}

/// What a client says about itself in the headers of a request.
pub fn credentials(parts: &Parts, request_id: &str) -> Credentials {
    let user_agent = parts.headers.get(USER_AGENT);
    Credentials {
        authorization: authorization(&parts.headers),
        address: address_of(&parts.extensions),
        user_agent: user_agent.and_then(|value| value.to_str().ok()).map(str::to_owned),
        request_id: request_id.to_owned(),
    }
}

/// Whoever sends the header wants to be somebody. So one that is no text, or two of them, must not make a visitor or one of
/// the two: what is put together here is no token.
fn authorization(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(AUTHORIZATION).iter();
    let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(", "))
}
