//! Floor 5: what happens later. The log is read in order, facts become jobs, jobs are leased and done.

pub mod clock_sync;
pub mod housekeeping;
pub mod job;
pub mod learning;
pub mod queue;
pub mod reactions;
pub mod read_models;
pub mod relay;
pub mod rewording;
pub mod ringer;
pub mod runner;

mod digests;
mod places;
mod write_probes;

use entity::vocabulary::Lane;
use sea_orm::Iterable;
use tokio_util::task::TaskTracker;

use crate::{deps::Deps, kernel::shutdown::Shutdown};
use pet_index::LivePetIndex;
use visual_similarity::SimilarityIndex;

/// How many jobs of a lane one node does at the same time. Each lane has workers of its own, and of bulk a second one, so
/// that what follows from an import does not wait for the end of another. Jobs that people wait for mostly wait for the
/// database's writer themselves, which takes what several of them write in one go.
fn workers(lane: Lane) -> usize {
    match lane {
        Lane::Interactive => 4,
        Lane::Delivery | Lane::Bulk => 2,
    }
}

/// Starts everything that runs beside the requests; all of it stops when that is said, workers with their last job.
pub fn start(deps: &Deps, tasks: &TaskTracker, shutdown: &Shutdown) {
    let drain = &shutdown.drain;
    tasks.spawn(ringer::run(deps.clone(), drain.clone()));
    tasks.spawn(relay::run(deps.clone(), drain.clone()));
    tasks.spawn(read_models::run::<LivePetIndex>(deps.clone(), drain.clone()));
    tasks.spawn(read_models::run::<SimilarityIndex>(deps.clone(), drain.clone()));
    tasks.spawn(housekeeping::run(deps.clone(), drain.clone()));
    tasks.spawn(places::run(deps.clone(), drain.clone()));
    tasks.spawn(digests::run(deps.clone(), drain.clone()));
    tasks.spawn(rewording::run(deps.clone(), drain.clone()));
    tasks.spawn(write_probes::run(deps.clone(), drain.clone()));
    for lane in Lane::iter() {
        for _ in 0..workers(lane) {
            tasks.spawn(runner::run(deps.clone(), lane, shutdown.clone()));
        }
    }
}
