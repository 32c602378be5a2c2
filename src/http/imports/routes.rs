//! The routes.

use axum::{
    Router,
    routing::{get, post},
};

use super::{door::ImportDoor, follow, send};

/// The routes for imports.
pub fn router(door: ImportDoor) -> Router {
    Router::new()
        .route("/shelters/{shelter}/imports", post(send::send))
        .route("/shelters/{shelter}/imports/{import}", get(follow::follow))
        .with_state(door)
}
