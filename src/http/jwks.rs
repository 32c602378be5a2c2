//! The public keys of access tokens, for services that verify them by themselves.

use axum::{
    Json, Router,
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};

use super::refusal::failed;
use crate::{deps::Deps, domain::accounts};

/// Far shorter than a key is published before it signs.
const CACHED: &str = "public, max-age=3600";

/// `/.well-known/jwks.json`.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/.well-known/jwks.json", get(public_keys))
        .with_state(deps)
}

async fn public_keys(State(deps): State<Deps>) -> Response {
    match accounts::public_keys(&deps) {
        Ok(keys) => {
            let headers = [(CONTENT_TYPE, "application/jwk-set+json"), (CACHE_CONTROL, CACHED)];
            (headers, Json(keys)).into_response()
        }
        Err(error) => failed(&error),
    }
}
