//! The queue: what becomes of a job that was tried, and whose job is next.

mod fairness;
mod outcomes;
mod payloads;

use finding_sweetie::work::{job::Job, queue};

use crate::support::TestApp;

/// Puts a job into the queue.
async fn enqueue(app: &TestApp, job: &impl Job, unique_key: &str) {
    let put = app
        .deps
        .write(async |tx| queue::enqueue(&app.deps, tx, job, unique_key).await);
    put.await.unwrap();
}
