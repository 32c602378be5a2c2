//! Decides which worker runs which job, and for how long it holds the job.

use entity::{
    Timestamp,
    id::JobId,
    job,
    vocabulary::{JobState, Lane},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::Expr,
};

use super::{LEASE, held, lease_clock, settle::strike_off};
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
    work::jobs,
};

/// Number of queued jobs that are searched for ones to run together.
const IN_LINE: i64 = 32;

/// Deletes the finished jobs and leases the next job of a lane: one whose worker has vanished, or one that is due. If
/// its kind can be merged (`Job::IS_JOINED`), similar jobs are leased with it. Empty if nothing is due.
///
/// All of it is one transaction, because a worker has to wait for the writer once per transaction.
pub async fn finish_and_lease(deps: &Deps, lane: Lane, done: &[JobId]) -> Result<Vec<job::Model>> {
    let now = lease_clock(deps);
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

/// Time at which the next job of a lane can be leased; it may be in the past. None if nothing is queued or running. The
/// query takes no lock, so idle workers do not queue for the writer.
pub async fn next_due(deps: &Deps, lane: Lane) -> Result<Option<Timestamp>> {
    let times = [
        (JobState::Queued, job::Column::RunAt),
        (JobState::Running, job::Column::LeasedUntil),
    ];
    let mut first: Option<Timestamp> = None;
    for (state, time) in times {
        let next = job::Entity::find()
            .select_only()
            .column(time)
            .filter(job::COLUMN.lane.eq(lane))
            .filter(job::COLUMN.state.eq(state))
            .order_by_asc(time)
            .limit(1)
            .into_tuple::<Option<Timestamp>>();
        let next = next.one(deps.db.read()).await?.flatten();
        first = first.into_iter().chain(next).min();
    }
    Ok(first)
}

/// Leases one job. Jobs whose worker has vanished come first, then the due job with the highest priority. Within a
/// priority, the group with the fewest running jobs comes first, and within a group the oldest job.
///
/// Both databases run the same statement except for the lock clause; SQLite has only one writer anyway. Every subquery
/// walks an index and stops at the first row, however many jobs are queued: `line` jumps from one pair of priority and
/// group to the next, of which there are few, and reads the first job of each. Two workers that look at the same moment
/// may both find a group idle; the next query sees the jobs that they leased.
///
/// Locked rows are compared with `=`, so that the subquery runs once. Under `IN`, PostgreSQL may run it again for each
/// row; each run would skip the rows locked by the previous one, and the statement would lease every due job. The last
/// subquery handles a group whose jobs are being leased by other workers right now.
async fn lease_next(tx: &Tx, lane: Lane, now: Timestamp) -> Result<Option<job::Model>> {
    let skip = skip_locked(tx);
    let sql = format!(
        "WITH RECURSIVE line (id, priority, group_key, run_at) AS (\
         SELECT * FROM (SELECT id, priority, group_key, run_at FROM jobs WHERE lane = $3 AND state = 'queued' \
         ORDER BY priority, group_key, run_at, id LIMIT 1) AS first \
         UNION ALL \
         SELECT head.id, head.priority, head.group_key, head.run_at FROM line JOIN jobs AS head ON head.id = COALESCE(\
         (SELECT next.id FROM jobs AS next WHERE next.lane = $3 AND next.state = 'queued' AND next.priority = line.priority \
         AND next.group_key > line.group_key ORDER BY next.group_key, next.run_at, next.id LIMIT 1), \
         (SELECT next.id FROM jobs AS next WHERE next.lane = $3 AND next.state = 'queued' AND next.priority > line.priority \
         ORDER BY next.priority, next.group_key, next.run_at, next.id LIMIT 1))), \
         best AS MATERIALIZED (SELECT priority, group_key FROM line WHERE run_at <= $2 ORDER BY priority, \
         (SELECT COUNT(*) FROM jobs AS busy WHERE busy.lane = $3 AND busy.state = 'running' \
         AND busy.group_key = line.group_key), run_at, id LIMIT 1) \
         UPDATE jobs SET state = 'running', leases = leases + 1, leased_until = $1 WHERE id = COALESCE(\
         (SELECT id FROM jobs WHERE lane = $3 AND state = 'running' AND leased_until < $2 ORDER BY run_at, id LIMIT 1 {skip}), \
         (SELECT id FROM jobs WHERE lane = $3 AND state = 'queued' AND priority = (SELECT priority FROM best) \
         AND group_key = (SELECT group_key FROM best) AND run_at <= $2 ORDER BY run_at, id LIMIT 1 {skip}), \
         (SELECT id FROM jobs WHERE lane = $3 AND state = 'queued' AND run_at <= $2 ORDER BY run_at, id LIMIT 1 {skip})) \
         RETURNING *"
    );
    let values = [now.plus(LEASE).into(), now.into(), lane.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(job::Entity::find().from_raw_sql(statement).one(tx).await?)
}

/// Leases similar jobs among the next ones in line: those of the same kind that have never been tried. A job that has
/// failed is left out, so that it does not make the others fail again and again.
async fn lease_alike(tx: &Tx, next: &job::Model, now: Timestamp) -> Result<Vec<job::Model>> {
    // Materialized, so that the locking subquery runs once; see above.
    let sql = format!(
        "WITH line AS MATERIALIZED (SELECT id, kind, attempts FROM jobs WHERE lane = $3 AND state = 'queued' \
         AND priority = $6 AND group_key = $7 AND run_at <= $2 ORDER BY run_at, id LIMIT $4 {}) \
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
        next.priority.into(),
        next.group_key.as_str().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(job::Entity::find().from_raw_sql(statement).all(tx).await?)
}

fn is_done_with_others(job: &job::Model) -> bool {
    job.attempts == 0 && jobs::kind(&job.kind).is_some_and(|kind| kind.is_joined)
}

fn skip_locked(tx: &Tx) -> &'static str {
    if tx.get_database_backend() == DbBackend::Postgres {
        "FOR UPDATE SKIP LOCKED"
    } else {
        ""
    }
}

/// Extends the leases of jobs that are still running.
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
