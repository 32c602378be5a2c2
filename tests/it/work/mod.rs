//! The queue: outcomes of jobs, and the order in which they run.

mod fairness;
mod outcomes;
mod payloads;

use finding_sweetie::work::{job::Job, queue};

use crate::support::TestApp;

/// Adds a job to the queue.
async fn enqueue(app: &TestApp, job: &impl Job, unique_key: &str) {
    let put = app
        .deps
        .write(async |tx| queue::enqueue(&app.deps, tx, job, unique_key).await);
    put.await.unwrap();
}
