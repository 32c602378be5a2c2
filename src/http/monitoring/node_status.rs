//! The node's gauges, as shown on `/metrics`.
//!
//! These values are valid only at the moment of the request, so each page gets a fresh registry: values that are
//! unknown now are left out instead of keeping their last state.

use metrics::{describe_gauge, gauge};
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::deps::{Deps, NodeStatus, PoolUse, pools, skew};

/// The text; without a status, only the part that needs no database.
pub fn render(deps: &Deps, status: Option<&NodeStatus>) -> String {
    let sheet = PrometheusBuilder::new().build_recorder();
    metrics::with_local_recorder(&sheet, || {
        write_database(status.is_some(), &pools(deps));
        write_agreement(deps);
        if let Some(status) = status {
            write_log(status);
            write_jobs(status);
        }
    });
    sheet.handle().render()
}

fn write_database(answers: bool, pools: &[PoolUse]) {
    describe_gauge!("sweetie_database_up", "1 if the database answered just now, 0 if not.");
    describe_gauge!(
        "sweetie_database_connections",
        "Open connections of this node to the database, by pool and whether they are in use."
    );
    gauge!("sweetie_database_up").set(if answers { 1.0 } else { 0.0 });
    for PoolUse { pool, busy, idle } in pools {
        gauge!("sweetie_database_connections", "pool" => *pool, "state" => "busy").set(*busy as f64);
        gauge!("sweetie_database_connections", "pool" => *pool, "state" => "idle").set(*idle as f64);
    }
}

fn write_agreement(deps: &Deps) {
    describe_gauge!(
        "sweetie_database_writable",
        "1 if the database takes writes, 0 from one that it refused, as with a full disk, until it takes them again."
    );
    describe_gauge!(
        "sweetie_clock_skew_seconds",
        "By how much the clock of this machine is ahead of the database's, which all nodes go by."
    );
    let is_writable = deps.db.writability().is_given();
    gauge!("sweetie_database_writable").set(if is_writable { 1.0 } else { 0.0 });
    gauge!("sweetie_clock_skew_seconds").set(skew(deps));
}

fn write_log(status: &NodeStatus) {
    describe_gauge!("sweetie_log_head", "Number of the last event of the log.");
    describe_gauge!(
        "sweetie_log_lag_events",
        "Events of the log that a follower has not taken in: ringer, map and photos of this node, relay of all nodes."
    );
    describe_gauge!(
        "sweetie_log_lag_seconds",
        "Age of the oldest event that a follower has not taken in, 0 if there is none."
    );
    gauge!("sweetie_log_head").set(status.log_head as f64);
    for lag in &status.lags {
        gauge!("sweetie_log_lag_events", "follower" => lag.follower).set(lag.events as f64);
        gauge!("sweetie_log_lag_seconds", "follower" => lag.follower).set(lag.age.as_secs_f64());
    }
}

fn write_jobs(status: &NodeStatus) {
    describe_gauge!(
        "sweetie_jobs",
        "Jobs of all nodes by state, each counted up to 10,000: due, waiting (for their time), running, abandoned (by a worker that vanished), buried."
    );
    describe_gauge!(
        "sweetie_jobs_oldest_due_seconds",
        "For how long the oldest job that is due has been due, by lane, 0 if none is."
    );
    for (state, count) in &status.jobs {
        gauge!("sweetie_jobs", "state" => *state).set(*count as f64);
    }
    for (lane, age) in &status.oldest_due {
        gauge!("sweetie_jobs_oldest_due_seconds", "lane" => lane.clone()).set(age.as_secs_f64());
    }
}
