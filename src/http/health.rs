//! Whether the server lives, and whether it can work.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use crate::deps::Deps;

/// `/health/live` and `/health/ready`.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/health/live", get(async || Json(json!({ "status": "ok" }))))
        .route("/health/ready", get(ready))
        .with_state(deps)
}

async fn ready(State(deps): State<Deps>) -> (StatusCode, Json<Value>) {
    match deps.is_ready().await {
        true => (StatusCode::OK, Json(json!({ "status": "ok" }))),
        false => (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({ "status": "unavailable", "database": "away" })),
        ),
    }
}
