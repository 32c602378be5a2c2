//! Floor 5: what happens later. The log is read in order, facts become jobs, jobs are leased and done.

pub mod clock_sync;
pub mod housekeeping;
pub mod job;
pub mod jobs;
pub mod queue;
pub mod read_models;
pub mod relay;
pub mod rewording;
pub mod ringer;
pub mod runner;
pub mod startup;

mod schedule;
mod write_probes;

use std::sync::Arc;

use entity::vocabulary::Lane;
use sea_orm::Iterable;
use tokio_util::task::TaskTracker;

use crate::{deps::Deps, kernel::shutdown::Shutdown};

/// Number of jobs of a lane that one node runs at the same time. Each lane has its own workers. The bulk lane has two,
/// so that the jobs that follow an import do not have to wait until another import pauses. Interactive jobs mostly wait
/// for the database's writer, which handles several of their writes in one go. Deliveries mostly wait for servers of others: a
/// few that are slow must not keep mails and those to other servers waiting. What is fetched, up to 64 MB at a time, is in
/// memory as a whole.
fn workers(lane: Lane) -> usize {
    match lane {
        Lane::Interactive => 4,
        Lane::Delivery => 6,
        Lane::Bulk | Lane::Fetch => 2,
    }
}

/// Starts all background tasks. On shutdown they all stop; workers finish their current job first.
pub fn start(deps: &Deps, tasks: &TaskTracker, shutdown: &Shutdown) {
    let drain = &shutdown.drain;
    tasks.spawn(ringer::run(deps.clone(), drain.clone()));
    tasks.spawn(relay::run(deps.clone(), drain.clone()));
    for model in deps.read_models.all() {
        tasks.spawn(read_models::run(deps.clone(), Arc::clone(model), drain.clone()));
    }
    tasks.spawn(housekeeping::run(deps.clone(), drain.clone()));
    tasks.spawn(schedule::run(deps.clone(), drain.clone()));
    tasks.spawn(rewording::run(deps.clone(), drain.clone()));
    tasks.spawn(write_probes::run(deps.clone(), drain.clone()));
    for lane in Lane::iter() {
        for _ in 0..workers(lane) {
            tasks.spawn(runner::run(deps.clone(), lane, shutdown.clone()));
        }
    }
}
