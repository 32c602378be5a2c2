//! The queue: jobs in a table, leased by one worker at a time.

use std::{sync::LazyLock, time::Duration};

use entity::{
    Timestamp,
    id::JobId,
    job,
    vocabulary::{JobState, Lane},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement, UpdateMany,
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
/// How many tries end without success before a job is buried: with the pauses of [`retry_after`], about a day. A try that
/// was cut off by the end of its process is none.
const MAX_ATTEMPTS: i32 = 14;

/// So many of the next jobs in line are looked at for those that are done together.
const IN_LINE: i64 = 32;

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
    enqueue_all(deps, tx, &[(job.clone(), unique_key.to_owned())]).await
}

/// The same for jobs with their keys.
pub async fn enqueue_all(deps: &Deps, tx: &Tx, jobs: &[(Job, String)]) -> Result<()> {
    let row = |(job, unique_key): &(Job, String)| {
        Ok(job::ActiveModel {
            id: Set(JobId(deps.ids.uuid(tx.now()))),
            kind: Set(job.name().to_owned()),
            payload: Set(serde_json::to_string(job)?),
            unique_key: Set(unique_key.clone()),
            lane: Set(job.lane()),
            state: Set(JobState::Queued),
            run_at: Set(tx.now().plus(job.delay())),
            attempts: Set(0),
            leases: Set(0),
            leased_until: Set(None),
            last_error: Set(None),
            created_at: Set(tx.now()),
        })
    };
    if jobs.is_empty() {
        return Ok(());
    }
    job::Entity::insert_many(jobs.iter().map(row).collect::<Result<Vec<_>>>()?)
        .on_conflict(OnConflict::column(job::Column::UniqueKey).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Strikes off what is done and takes the next job of a lane that a vanished worker left behind, or that is due; with it
/// those of its kind that are best done together ([`Job::TOGETHER`]). Empty if nothing is due.
///
/// It is one transaction, because each costs a worker a wait for the writer.
pub async fn finish_and_lease(deps: &Deps, lane: Lane, done: &[JobId]) -> Result<Vec<job::Model>> {
    let now = lease_clock(deps);
    if done.is_empty() && !is_any_due(deps, lane, now).await? {
        return Ok(Vec::new());
    }
    deps.write(async |tx| {
        strike_off(tx, done).await?;
        let mut taken: Vec<job::Model> = lease_next(tx, lane, now).await?.into_iter().collect();
        if let Some(next) = taken.first().filter(|next| is_done_with_others(next)) {
            let mut others = lease_alike(tx, next, now).await?;
            taken.append(&mut others);
        }
        Ok(taken)
    })
    .await
}

async fn lease_next(tx: &Tx, lane: Lane, now: Timestamp) -> Result<Option<job::Model>> {
    // One statement for both databases but for the lock clause: SQLite has only one writer anyway. Its inner looks are
    // compared with `=`, so that they are made once: under `IN`, PostgreSQL may make them anew for each row, when every
    // look skips what the last one locked and the statement takes all that is due. They are two, so that each walks the
    // index and ends with its first row, however many jobs wait.
    let skip = skip_locked(tx);
    let sql = format!(
        "UPDATE jobs SET state = 'running', leases = leases + 1, leased_until = $1 WHERE id = COALESCE(\
         (SELECT id FROM jobs WHERE lane = $3 AND state = 'running' AND leased_until < $2 ORDER BY run_at, id LIMIT 1 {skip}), \
         (SELECT id FROM jobs WHERE lane = $3 AND state = 'queued' AND run_at <= $2 ORDER BY run_at, id LIMIT 1 {skip})) RETURNING *"
    );
    let values = [now.plus(LEASE).into(), now.into(), lane.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(job::Entity::find().from_raw_sql(statement).one(tx).await?)
}

/// Those among the next ones in line that are of the same kind and were never tried: one that fails must not take others
/// with it again and again.
async fn lease_alike(tx: &Tx, next: &job::Model, now: Timestamp) -> Result<Vec<job::Model>> {
    // Materialized: what is locked is looked up once, see above.
    let sql = format!(
        "WITH line AS MATERIALIZED (SELECT id, kind, attempts FROM jobs WHERE lane = $3 AND state = 'queued' AND run_at <= $2 \
         ORDER BY run_at, id LIMIT $4 {}) \
         UPDATE jobs SET state = 'running', leases = leases + 1, leased_until = $1 \
         WHERE id IN (SELECT id FROM line WHERE kind = $5 AND attempts = 0) RETURNING *",
        skip_locked(tx)
    );
    let values = [
        now.plus(LEASE).into(),
        now.into(),
        next.lane.into(),
        IN_LINE.into(),
        next.kind.as_str().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(job::Entity::find().from_raw_sql(statement).all(tx).await?)
}

fn is_done_with_others(job: &job::Model) -> bool {
    job.attempts == 0 && Job::TOGETHER.contains(&job.kind.as_str())
}

fn skip_locked(tx: &Tx) -> &'static str {
    if tx.get_database_backend() == DbBackend::Postgres {
        "FOR UPDATE SKIP LOCKED"
    } else {
        ""
    }
}

/// The time that leases are measured by, on all nodes.
fn lease_clock(deps: &Deps) -> Timestamp {
    deps.clock.now()
}

/// A look without a lock, so that idle workers do not queue for the writer.
async fn is_any_due(deps: &Deps, lane: Lane, now: Timestamp) -> Result<bool> {
    let left = Condition::all()
        .add(job::COLUMN.state.eq(JobState::Running))
        .add(job::COLUMN.leased_until.lt(now));
    let queued = Condition::all()
        .add(job::COLUMN.state.eq(JobState::Queued))
        .add(job::COLUMN.run_at.lte(now));
    for which in [queued, left] {
        let due = job::Entity::find().filter(job::COLUMN.lane.eq(lane)).filter(which);
        if due.one(deps.db.read()).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes the leases last longer; the worker is still at it.
pub async fn renew(deps: &Deps, jobs: &[job::Model]) -> Result<()> {
    let until = lease_clock(deps).plus(LEASE);
    deps.write(async |tx| {
        for job in jobs {
            held(job)
                .col_expr(job::Column::LeasedUntil, Expr::value(until))
                .exec(tx)
                .await?;
        }
        Ok(())
    })
    .await
}

/// The jobs are done: they leave the queue.
pub async fn finish(deps: &Deps, done: &[JobId]) -> Result<()> {
    if done.is_empty() {
        return Ok(());
    }
    deps.write(async |tx| strike_off(tx, done).await).await
}

async fn strike_off(tx: &Tx, done: &[JobId]) -> Result<()> {
    if !done.is_empty() {
        let done = job::COLUMN.id.is_in(done.iter().copied());
        job::Entity::delete_many().filter(done).exec(tx).await?;
    }
    Ok(())
}

/// The job failed: it waits for another try, or is buried where admins see it. Nothing happens if somebody else has it by
/// now.
pub async fn fail(deps: &Deps, job: &job::Model, error: &Error) -> Result<()> {
    let attempts = job.attempts + 1;
    let buried = MAX_ATTEMPTS <= attempts;
    let state = if buried { JobState::Buried } else { JobState::Queued };
    if buried {
        tracing::error!(job.id = %job.id, job.kind = job.kind, error = ?error, "a job was buried");
    }
    let run_at = deps.clock.now().plus(retry_after(attempts));
    let last_error: String = format!("{error:?}").chars().take(2000).collect();
    deps.write(async |tx| {
        held(job)
            .col_expr(job::Column::State, Expr::value(state))
            .col_expr(job::Column::Attempts, Expr::value(attempts))
            .col_expr(job::Column::RunAt, Expr::value(run_at))
            .col_expr(job::Column::LeasedUntil, Expr::value(Option::<Timestamp>::None))
            .col_expr(job::Column::LastError, Expr::value(last_error))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Hands a job back that was not done, as if nobody had tried: whoever looks next takes it. Nothing happens if somebody
/// else has it by now.
pub async fn hand_back(deps: &Deps, job: &job::Model) -> Result<()> {
    deps.write(async |tx| {
        held(job)
            .col_expr(job::Column::State, Expr::value(JobState::Queued))
            .col_expr(job::Column::LeasedUntil, Expr::value(Option::<Timestamp>::None))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// A change of a job under the lease that it was taken with, and under no later one.
fn held(job: &job::Model) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .filter(job::COLUMN.id.eq(job.id))
        .filter(job::COLUMN.state.eq(JobState::Running))
        .filter(job::COLUMN.leases.eq(job.leases))
}

/// Gives back what the only node of an installation held when it stopped.
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

/// Two seconds after the first try, then twice as long each time, three hours at most.
fn retry_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(13);
    Duration::from_secs(1 << doublings).min(Duration::from_secs(3 * 60 * 60))
}
