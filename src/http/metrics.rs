//! `/metrics` in Prometheus' text format.

use std::sync::OnceLock;

use anyhow::Context;
use axum::{Router, http::header::CONTENT_TYPE, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// A recorder can be installed once in a process; tests start several servers in one.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// The route.
pub fn router() -> anyhow::Result<Router> {
    if RECORDER.get().is_none()
        && let Ok(handle) = PrometheusBuilder::new().install_recorder()
    {
        let _ = RECORDER.set(handle);
    }
    let handle = RECORDER.get().context("metrics: another recorder is installed")?;
    Ok(Router::new().route(
        "/metrics",
        get(async || {
            handle.run_upkeep();
            (
                [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
                handle.render(),
            )
        }),
    ))
}
