//! Whether the server lives, and whether it can work.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use crate::{deps::Deps, kernel::ending::Ending};

/// `/health/live` and `/health/ready`. Not ready is who is about to end.
pub fn router(deps: Deps, ending: Ending) -> Router {
    Router::new()
        .route("/health/live", get(async || Json(json!({ "status": "ok" }))))
        .route("/health/ready", get(ready))
        .with_state((deps, ending))
}

async fn ready(State((deps, ending)): State<(Deps, Ending)>) -> (StatusCode, Json<Value>) {
    if ending.near.is_cancelled() {
        let going = json!({ "status": "unavailable", "server": "going away" });
        return (StatusCode::SERVICE_UNAVAILABLE, Json(going));
    }
    match deps.is_ready().await {
        true => (StatusCode::OK, Json(json!({ "status": "ok" }))),
        false => (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({ "status": "unavailable", "database": "away" })),
        ),
    }
}
