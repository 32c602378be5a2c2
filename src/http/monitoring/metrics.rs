//! `/metrics` in Prometheus text format: counters updated as things happen, and gauges read on request.
//!
//! `docs/OPERATIONS.md` explains each metric and when to worry.

use std::{sync::OnceLock, time::Duration};

use anyhow::Context;
use axum::{Router, extract::State, http::header::CONTENT_TYPE, routing::get};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::node_status;
use crate::{
    deps::{Deps, measure},
    http::{connection::listener, graphql},
};

/// A recorder can be installed only once in a process, but tests start several servers in one.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Upper bounds of the buckets of every histogram, in seconds: from fast to noticeable.
const SECONDS: [f64; 14] = [
    0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];
/// Time limit for reading the gauges from the database; after that the page leaves them out.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often recorded durations are moved into their buckets, even without a request: until then each takes memory.
const UPKEEP: Duration = Duration::from_secs(5);

/// The route for metrics.
pub fn router(deps: Deps) -> anyhow::Result<Router> {
    install()?;
    Ok(Router::new().route("/metrics", get(page)).with_state(deps))
}

/// Keeps the memory for recorded values small, until shutdown.
pub async fn tidy(shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(UPKEEP) => {}
        }
        if let Some(handle) = RECORDER.get() {
            handle.run_upkeep();
        }
    }
}

fn install() -> anyhow::Result<()> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?;
    if RECORDER.get().is_none()
        && let Ok(handle) = builder.install_recorder()
    {
        let _ = RECORDER.set(handle);
        graphql::describe_metrics();
        listener::describe_metrics();
        metrics::describe_counter!(
            "sweetie_phone_codes_total",
            "Codes that were requested by SMS, and those that verified a phone."
        );
        metrics::describe_counter!(
            "sweetie_sms_refused_total",
            "Text messages that were not sent because a bound of all together was reached."
        );
        metrics::describe_counter!(
            "sweetie_mails_total",
            "Tries to hand a mail over, by outcome: sent, failed (tried again) or refused (for good)."
        );
        metrics::describe_counter!(
            "sweetie_jobs_tried_total",
            "Tries of jobs by kind and outcome: done, gone (what it was about is), snoozed (goes on later), failed (tried again) or buried."
        );
        metrics::describe_histogram!(
            "sweetie_job_seconds",
            "How long tries of jobs took, by kind; jobs that were joined count once."
        );
        metrics::describe_counter!(
            "sweetie_orphans_removed_total",
            "Files of killed processes that nobody needs and that were removed."
        );
        metrics::describe_histogram!(
            "sweetie_bell_seconds",
            "From the moment when a transaction with news began to the moment when this node rang its bells for it."
        );
    }
    RECORDER
        .get()
        .map(|_| ())
        .context("metrics: another recorder is installed")
}

async fn page(State(deps): State<Deps>) -> ([(axum::http::HeaderName, &'static str); 1], String) {
    let status = timeout(PATIENCE, measure(&deps)).await.ok().and_then(Result::ok);
    let counted = RECORDER.get().map(PrometheusHandle::render).unwrap_or_default();
    let text = counted + &node_status::render(&deps, status.as_ref());
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}
