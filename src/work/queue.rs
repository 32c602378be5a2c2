//! The queue: jobs in a table, leased by one worker at a time.

mod lease;
mod settle;

pub use lease::{finish_and_lease, next_due, renew};
pub use settle::{exhume, finish, hand_back, settle};

use std::{sync::LazyLock, time::Duration};

use entity::{Timestamp, id::JobId, job, vocabulary::JobState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, OnConflict},
};
use tokio::sync::Notify;

use super::job::{Job, NewJob};
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// How long a lease lasts unless it is renewed. After that, another node takes over the job of a killed one.
pub const LEASE: Duration = Duration::from_secs(15);

static DUE: LazyLock<Notify> = LazyLock::new(Notify::new);

/// Tells this node's workers that there may be something to do.
pub fn wake() {
    DUE.notify_waiters();
}

/// The signal sent by [`wake`].
pub(super) fn due() -> &'static Notify {
    &DUE
}

/// Adds a job to the queue in the caller's transaction. A key that is already queued is not added again.
pub async fn enqueue(deps: &Deps, tx: &Tx, job: &impl Job, unique_key: &str) -> Result<()> {
    enqueue_all(deps, tx, &[(NewJob::of(job)?, unique_key.to_owned())]).await
}

/// The same for several jobs, each with its key.
pub async fn enqueue_all(deps: &Deps, tx: &Tx, jobs: &[(NewJob, String)]) -> Result<()> {
    let row = |(job, unique_key): &(NewJob, String)| job::ActiveModel {
        id: Set(JobId(deps.ids.uuid(tx.now()))),
        kind: Set(job.kind.to_owned()),
        payload: Set(job.payload.clone()),
        unique_key: Set(unique_key.clone()),
        lane: Set(job.lane),
        priority: Set(job.priority as i32),
        group_key: Set(job.group.clone().unwrap_or_default()),
        state: Set(JobState::Queued),
        run_at: Set(tx.now().plus(job.delay)),
        attempts: Set(0),
        leases: Set(0),
        leased_until: Set(None),
        last_error: Set(None),
        created_at: Set(tx.now()),
    };
    if jobs.is_empty() {
        return Ok(());
    }
    job::Entity::insert_many(jobs.iter().map(row))
        .on_conflict(OnConflict::column(job::Column::UniqueKey).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Releases the jobs that the only node of an installation held when it stopped.
pub async fn release_all(deps: &Deps) -> Result<()> {
    let over = lease_clock(deps).minus(Duration::from_millis(1));
    deps.write(async |tx| {
        job::Entity::update_many()
            .col_expr(job::Column::LeasedUntil, Expr::value(over))
            .filter(job::COLUMN.state.eq(JobState::Running))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// The clock for leases, the same on all nodes.
fn lease_clock(deps: &Deps) -> Timestamp {
    deps.clock.now()
}

/// An update of a job that applies only while the given lease is the current one.
fn held(job: &job::Model) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .filter(job::COLUMN.id.eq(job.id))
        .filter(job::COLUMN.state.eq(JobState::Running))
        .filter(job::COLUMN.leases.eq(job.leases))
}
