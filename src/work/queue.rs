//! The queue: jobs in a table, leased by one worker at a time.

use std::{sync::LazyLock, time::Duration};

use entity::{Timestamp, id::JobId, job, vocabulary::JobState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
    sea_query::{Expr, OnConflict},
};
use tokio::sync::Notify;

use super::job::Job;
use crate::{
    deps::{Deps, Tx},
    kernel::{Error, Result},
};

/// How long a lease lasts unless it is renewed: after that long, the job of a killed node is taken over.
pub const LEASE: Duration = Duration::from_secs(15);
/// How often a job is tried before it is buried: with the pauses of [`retry_after`], for about a day.
const MAX_ATTEMPTS: i32 = 14;

static DUE: LazyLock<Notify> = LazyLock::new(Notify::new);

/// Tells this node's workers that there may be something to do.
pub fn wake() {
    DUE.notify_waiters();
}

/// What [`wake`] notifies.
pub(super) fn due() -> &'static Notify {
    &DUE
}

/// Puts a job into the queue in the caller's transaction; the same key twice is once.
pub async fn enqueue(deps: &Deps, tx: &Tx, job: &Job, unique_key: &str) -> Result<()> {
    let row = job::ActiveModel {
        id: Set(JobId(deps.ids.uuid(tx.now()))),
        kind: Set(job.name().to_owned()),
        payload: Set(serde_json::to_string(job)?),
        unique_key: Set(unique_key.to_owned()),
        state: Set(JobState::Queued),
        run_at: Set(tx.now()),
        attempts: Set(0),
        leased_until: Set(None),
        last_error: Set(None),
        created_at: Set(tx.now()),
    };
    job::Entity::insert(row)
        .on_conflict(OnConflict::column(job::Column::UniqueKey).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes the next job that is due, or that a vanished worker left behind.
pub async fn lease(deps: &Deps) -> Result<Option<job::Model>> {
    let now = deps.clock.now();
    if !is_any_due(deps, now).await? {
        return Ok(None);
    }
    deps.write(async |tx| {
        // One statement for both databases but for the lock clause: SQLite has only one writer anyway. Its inner look is
        // compared with `=`, so that it is made once: under `IN`, PostgreSQL may make it anew for each row, when every
        // look skips what the last one locked and the statement takes all that is due.
        let skip = if tx.get_database_backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!(
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, leased_until = $1 WHERE id = (SELECT id FROM jobs \
             WHERE (state = 'queued' AND run_at <= $2) OR (state = 'running' AND leased_until < $2) ORDER BY run_at, id LIMIT 1 {skip}) RETURNING *"
        );
        let values = [now.plus(LEASE).into(), now.into()];
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        Ok(job::Entity::find().from_raw_sql(statement).one(tx).await?)
    })
    .await
}

/// A look without a lock, so that idle workers do not queue for the writer.
async fn is_any_due(deps: &Deps, now: Timestamp) -> Result<bool> {
    let queued = Condition::all()
        .add(job::COLUMN.state.eq(JobState::Queued))
        .add(job::COLUMN.run_at.lte(now));
    let left = Condition::all()
        .add(job::COLUMN.state.eq(JobState::Running))
        .add(job::COLUMN.leased_until.lt(now));
    let due = job::Entity::find().filter(Condition::any().add(queued).add(left));
    Ok(due.one(deps.db.read()).await?.is_some())
}

/// Makes the lease last longer; the worker is still at it.
pub async fn renew(deps: &Deps, id: JobId) -> Result<()> {
    let until = deps.clock.now().plus(LEASE);
    deps.write(async |tx| {
        job::Entity::update_many()
            .col_expr(job::Column::LeasedUntil, Expr::value(until))
            .filter(job::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// The job is done: it leaves the queue.
pub async fn finish(deps: &Deps, id: JobId) -> Result<()> {
    deps.write(async |tx| {
        job::Entity::delete_by_id(id).exec(tx).await?;
        Ok(())
    })
    .await
}

/// The job failed: it waits for another try, or is buried where admins see it.
pub async fn fail(deps: &Deps, job: &job::Model, error: &Error) -> Result<()> {
    let buried = MAX_ATTEMPTS <= job.attempts;
    let state = if buried { JobState::Buried } else { JobState::Queued };
    if buried {
        tracing::error!(job.id = %job.id, job.kind = job.kind, error = ?error, "a job was buried");
    }
    let run_at = deps.clock.now().plus(retry_after(job.attempts));
    deps.write(async |tx| {
        let row = job::ActiveModel {
            id: Set(job.id),
            state: Set(state),
            run_at: Set(run_at),
            leased_until: Set(None),
            last_error: Set(Some(format!("{error:?}").chars().take(2000).collect())),
            ..Default::default()
        };
        job::Entity::update(row).exec(tx).await?;
        Ok(())
    })
    .await
}

/// Hands a job back that was not done, as if nobody had tried: whoever looks next takes it. Nothing happens if somebody
/// else has it by now.
pub async fn hand_back(deps: &Deps, job: &job::Model) -> Result<()> {
    deps.write(async |tx| {
        job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(JobState::Queued))
            .col_expr(job::Column::Attempts, Expr::value(job.attempts - 1))
            .col_expr(job::Column::LeasedUntil, Expr::value(Option::<Timestamp>::None))
            .filter(job::COLUMN.id.eq(job.id))
            .filter(job::COLUMN.state.eq(JobState::Running))
            .filter(job::COLUMN.attempts.eq(job.attempts))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Gives back what the only node of an installation held when it stopped.
pub async fn release_all(deps: &Deps) -> Result<()> {
    deps.write(async |tx| {
        job::Entity::update_many()
            .col_expr(
                job::Column::LeasedUntil,
                Expr::value(tx.now().minus(Duration::from_millis(1))),
            )
            .filter(job::COLUMN.state.eq(JobState::Running))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Two seconds after the first try, then twice as long each time, three hours at most.
fn retry_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(13);
    Duration::from_secs(1 << doublings).min(Duration::from_secs(3 * 60 * 60))
}
