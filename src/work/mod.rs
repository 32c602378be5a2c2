//! Floor 5: what happens later. The log is read in order, facts become jobs, jobs are leased and done.

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
pub mod steering;

mod digests;
mod write_trials;

use entity::vocabulary::Lane;
use sea_orm::Iterable;
use tokio_util::task::TaskTracker;

use crate::{
    deps::Deps,
    kernel::{chart::Chart, ending::Ending, likeness::LookIndex},
};

/// How many jobs of a lane one node does at the same time. Each lane has workers of its own, and of bulk a second one, so
/// that what follows from an import does not wait for the next pause of another. Jobs that people wait for mostly wait for the
/// database's writer themselves, which takes what several of them write in one go.
fn workers(lane: Lane) -> usize {
    match lane {
        Lane::Interactive => 4,
        Lane::Delivery | Lane::Bulk => 2,
    }
}

/// Starts everything that runs beside the requests; all of it stops when that is said, workers with their last job.
pub fn start(deps: &Deps, tasks: &TaskTracker, ending: &Ending) {
    let shutdown = &ending.stop;
    tasks.spawn(ringer::run(deps.clone(), shutdown.clone()));
    tasks.spawn(relay::run(deps.clone(), shutdown.clone()));
    tasks.spawn(read_models::run::<Chart>(deps.clone(), shutdown.clone()));
    tasks.spawn(read_models::run::<LookIndex>(deps.clone(), shutdown.clone()));
    tasks.spawn(housekeeping::run(deps.clone(), shutdown.clone()));
    tasks.spawn(digests::run(deps.clone(), shutdown.clone()));
    tasks.spawn(rewording::run(deps.clone(), shutdown.clone()));
    tasks.spawn(write_trials::run(deps.clone(), shutdown.clone()));
    for lane in Lane::iter() {
        for _ in 0..workers(lane) {
            tasks.spawn(runner::run(deps.clone(), lane, ending.clone()));
        }
    }
}
