//! Who comes in.

use std::sync::Arc;

use axum::{http::request::Parts, response::Response};
use tokio_util::sync::CancellationToken;

use crate::http::{
    auth::{Caller, Doorkeeper},
    graphql::{credentials, request_id},
    refusal::turned_away,
};

/// What a request counts like: the mutation `importPets`, or a query for an import, with a page of its errors.
const COST: u64 = 150;

/// What the routes need.
#[derive(Clone)]
pub struct ImportDoor {
    /// Knows who is asking.
    pub gate: Arc<Doorkeeper>,
    /// Ends waiting for imports.
    pub drain: CancellationToken,
}

impl ImportDoor {
    /// The caller, or the answer that they get instead.
    pub async fn admit(&self, parts: &Parts) -> Result<Caller, Box<Response>> {
        let credentials = credentials(parts, &request_id::of(&parts.headers));
        let admitted = self.gate.admit_caller(&credentials, COST).await;
        admitted.map_err(|refused| Box::new(turned_away(refused)))
    }
}
