//! One time for all nodes: that of the database.
//!
//! Nodes compare times that others have written: leases of jobs, committer at a service, the end of a code. Machines whose
//! clocks differ would take each other's work. So each asks now and then what the clock of the database shows, and moves its
//! own by the difference ([`SynchronizedClock`](crate::ports::clock::SynchronizedClock)); between two questions it goes by itself.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::time::Instant;

use super::Deps;
use crate::kernel::{Error, Result};

/// Clocks that differ by less are left alone: those of machines that keep time do not agree any better.
const TOLERANCE: i64 = 50;
/// From this difference on, an operator should look after the clock of the machine.
const WORTH_A_WARNING: i64 = 1_000;

/// Looks at the clock of the database, and goes by it.
pub async fn synchronize_clock(deps: &Deps) -> Result<()> {
    let (before, asked) = (deps.clock.now(), Instant::now());
    let theirs = database_time(deps).await?;
    // The answer was true at some moment while we waited; in the middle, for all we know.
    let half = asked.elapsed() / 2;
    let off = theirs.saturating_sub(before.plus(half).0);
    let unsure = i64::try_from(half.as_millis()).map_err(Error::internal)?;
    if off.saturating_abs() <= TOLERANCE.saturating_add(unsure) {
        return Ok(());
    }
    deps.clock.steer(off);
    let skew = skew(deps);
    match WORTH_A_WARNING <= off.abs() {
        true => tracing::warn!(
            skew.seconds = skew,
            "the clock of this machine and that of the database differ: the database's is taken; mend this one"
        ),
        false => tracing::info!(skew.seconds = skew, "the clock of the database is taken"),
    }
    Ok(())
}

/// Seconds by which the clock of this machine was ahead of the database's when they were last compared.
pub fn skew(deps: &Deps) -> f64 {
    let ahead = Duration::from_millis(deps.clock.ahead().unsigned_abs()).as_secs_f64();
    if deps.clock.ahead() < 0 { ahead } else { 0.0 - ahead }
}

/// Milliseconds since 1970.
async fn database_time(deps: &Deps) -> Result<i64> {
    let db = deps.db.read();
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        _ => "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    };
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| Error::broken("the database did not say what time it is"))?;
    Ok(row.try_get_by_index(0)?)
}
