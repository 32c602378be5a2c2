//! Liveness and readiness.

use std::time::Duration;

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use crate::{
    deps::{Deps, Readiness},
    kernel::shutdown::Shutdown,
};

/// A database that takes longer than this counts as down: the caller expects an answer within two seconds.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// `/health/live` and `/health/ready`. A server that is about to end is not ready.
pub fn router(deps: Deps, shutdown: Shutdown) -> Router {
    Router::new()
        .route("/health/live", get(async || Json(json!({ "status": "ok" }))))
        .route("/health/ready", get(ready))
        .with_state((deps, shutdown))
}

async fn ready(State((deps, shutdown)): State<(Deps, Shutdown)>) -> (StatusCode, Json<Value>) {
    if shutdown.not_ready.is_cancelled() {
        let going = json!({ "status": "unavailable", "server": "going away" });
        return (StatusCode::SERVICE_UNAVAILABLE, Json(going));
    }
    let wrong = match deps.readiness(PATIENCE).await {
        Readiness::Ready => return (StatusCode::OK, Json(json!({ "status": "ok" }))),
        Readiness::ReadOnly => "takes no writes",
        Readiness::Away => "away",
    };
    (
        StatusCode::SERVICE_UNAVAILABLE,
        Json(json!({ "status": "unavailable", "database": wrong })),
    )
}
