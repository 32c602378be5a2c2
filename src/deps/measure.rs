//! How this node stands, for operators: how far behind the log it is, what waits in the queue, how full its pools are.

use std::time::Duration;

use entity::{
    Timestamp, cursor, event, job,
    vocabulary::{JobState, Lane},
};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Iterable,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::Deps;
use crate::kernel::Result;

/// Most jobs of a state that are counted: a count walks the index, and beyond this nobody needs to know how many.
pub const MOST_JOBS_COUNTED: u64 = 10_000;

/// How this node stands.
#[derive(Debug, Clone)]
pub struct NodeStatus {
    /// Number of the last event of the log.
    pub log_head: i64,
    /// How far behind it are those who follow it.
    pub lags: Vec<Lag>,
    /// Jobs by what they wait for, each up to [`MOST_JOBS_COUNTED`].
    pub jobs: Vec<(&'static str, u64)>,
    /// For how long the oldest job of each lane that is due has been due; zero if none is.
    pub oldest_due: Vec<(String, Duration)>,
}

/// How far behind the log somebody is.
#[derive(Debug, Clone, Copy)]
pub struct Lag {
    /// Who follows the log: the ringer and the read models of this node, and the relay of all nodes.
    pub follower: &'static str,
    /// Events that they have not taken in.
    pub events: i64,
    /// Age of the oldest of those.
    pub age: Duration,
}

/// The connections of one pool of this node.
#[derive(Debug, Clone, Copy)]
pub struct PoolUse {
    /// `read` and `write` on SQLite, `all` on PostgreSQL.
    pub pool: &'static str,
    /// In use.
    pub busy: u64,
    /// Open and not in use.
    pub idle: u64,
}

/// Looks: a handful of rows behind indexes, whatever the size of the tables.
pub async fn measure(deps: &Deps) -> Result<NodeStatus> {
    let (db, now) = (deps.db.read(), deps.clock.now());
    let log_head = last_event(db).await?;
    let relayed = cursor::Entity::find_by_id("relay".to_owned()).one(db).await?;
    let mut followers = vec![
        ("relay", Some(relayed.map_or(0, |cursor| cursor.value))),
        ("ringer", deps.log_head.rung()),
    ];
    let read_models = deps.read_models.all().iter();
    followers.extend(read_models.map(|model| (model.name(), model.position())));
    let mut lags = Vec::new();
    for (follower, position) in followers {
        // Who has not begun, or is not built yet, follows nothing.
        if let Some(position) = position {
            let age = age_after(db, position, log_head, now).await?;
            let events = (log_head - position).max(0);
            lags.push(Lag { follower, events, age });
        }
    }
    let mut jobs = Vec::new();
    for (state, which) in kinds_of_jobs(now) {
        jobs.push((state, counted(db, which).await?));
    }
    let mut oldest_due = Vec::new();
    for lane in Lane::iter() {
        oldest_due.push((lane.to_value(), oldest_of(deps, in_lane(lane)).await?));
    }
    Ok(NodeStatus {
        log_head,
        lags,
        jobs,
        oldest_due,
    })
}

async fn last_event(db: &impl ConnectionTrait) -> Result<i64> {
    let last = event::Entity::find().select_only().column(event::Column::Number);
    let last = last.order_by_desc(event::Column::Number).limit(1).into_tuple::<i64>();
    Ok(last.one(db).await?.unwrap_or(0))
}

/// Age of the first event after that place.
async fn age_after(db: &impl ConnectionTrait, position: i64, head: i64, now: Timestamp) -> Result<Duration> {
    if head <= position {
        return Ok(Duration::ZERO);
    }
    let first = event::Entity::find().select_only().column(event::Column::CreatedAt);
    let first = first
        .filter(event::COLUMN.number.gt(position))
        .order_by_asc(event::Column::Number);
    let first = first.limit(1).into_tuple::<Timestamp>().one(db).await?;
    Ok(first.map_or(Duration::ZERO, |made| now.since(made)))
}

/// What jobs may wait for. Nobody works on one whose lease is over.
fn kinds_of_jobs(now: Timestamp) -> [(&'static str, Condition); 5] {
    let queued = || Condition::all().add(job::COLUMN.state.eq(JobState::Queued));
    let running = || Condition::all().add(job::COLUMN.state.eq(JobState::Running));
    [
        ("due", queued().add(job::COLUMN.run_at.lte(now))),
        ("waiting", queued().add(job::COLUMN.run_at.gt(now))),
        ("running", running().add(job::COLUMN.leased_until.gte(now))),
        ("abandoned", running().add(job::COLUMN.leased_until.lt(now))),
        ("buried", Condition::all().add(job::COLUMN.state.eq(JobState::Buried))),
    ]
}

async fn counted(db: &impl ConnectionTrait, which: Condition) -> Result<u64> {
    Ok(jobs(which).limit(MOST_JOBS_COUNTED).count(db).await?)
}

fn jobs(which: Condition) -> Select<job::Entity> {
    job::Entity::find()
        .select_only()
        .column(job::Column::RunAt)
        .filter(which)
}

/// How long the oldest due job of a lane has been due, not counting those of one group; zero if none is.
pub async fn oldest_due_of_others(deps: &Deps, lane: Lane, group: &str) -> Result<Duration> {
    oldest_of(deps, in_lane(lane).add(job::COLUMN.group_key.ne(group))).await
}

fn in_lane(lane: Lane) -> Condition {
    Condition::all().add(job::COLUMN.lane.eq(lane))
}

/// How long the oldest due one of these jobs has been due; zero if none is.
async fn oldest_of(deps: &Deps, which: Condition) -> Result<Duration> {
    let now = deps.clock.now();
    let [(_, due), ..] = kinds_of_jobs(now);
    let first = jobs(due).filter(which).order_by_asc(job::Column::RunAt).limit(1);
    let first = first.into_tuple::<Timestamp>().one(deps.db.read()).await?;
    Ok(first.map_or(Duration::ZERO, |due| now.since(due)))
}

/// The connections of this node; asks nobody.
pub fn pools(deps: &Deps) -> Vec<PoolUse> {
    let of = |pool, open: u32, idle: usize| {
        let idle = idle as u64;
        PoolUse {
            pool,
            busy: u64::from(open).saturating_sub(idle),
            idle,
        }
    };
    let sqlite = |pool, db: &DatabaseConnection| {
        let connections = db.get_sqlite_connection_pool();
        of(pool, connections.size(), connections.num_idle())
    };
    match deps.db.scan().get_database_backend() {
        DbBackend::Postgres => {
            let connections = deps.db.read().pool.get_postgres_connection_pool();
            vec![of("all", connections.size(), connections.num_idle())]
        }
        DbBackend::Sqlite => vec![sqlite("read", &deps.db.read().pool), sqlite("write", deps.db.writer())],
        _ => Vec::new(),
    }
}
