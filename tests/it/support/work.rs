//! The log, the queue and the tables as a test sees them.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    cursor, event, job,
    vocabulary::{JobState, Lane},
};
use finding_sweetie::{
    events::{AccountEvent, Event, ShelterEvent},
    work::{jobs::reactions, queue, relay, runner},
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryOrder, Statement, Value};

use super::{TestApp, database::connect};

/// A job that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedJob {
    /// As in `Job::NAME`.
    pub kind: String,
    /// Whether it is never tried again.
    pub is_buried: bool,
    /// How often it was tried.
    pub attempts: i32,
    /// Why, for the log.
    pub error: String,
}

impl TestApp {
    /// Hands every fact on and does every job that is due, until there is nothing more to do. Fails the test if a job
    /// failed.
    pub async fn run_work(&self) {
        let failed = self.try_work().await;
        assert!(failed.is_empty(), "jobs failed: {failed:#?}");
    }

    /// The same, but returns the jobs that failed. They are due again after a while: `app.clock.advance(…)`.
    pub async fn try_work(&self) -> Vec<FailedJob> {
        while relay::step(&self.deps).await.unwrap() || runner::step(&self.deps).await.unwrap() {}
        let jobs = job::Entity::find()
            .order_by_asc(job::Column::Id)
            .all(self.deps.db.read())
            .await
            .unwrap();
        let failed = jobs.into_iter().filter(|job| 0 < job.attempts);
        failed
            .map(|job| FailedJob {
                kind: job.kind,
                is_buried: job.state == JobState::Buried,
                attempts: job.attempts,
                error: job.last_error.unwrap_or_default(),
            })
            .collect()
    }

    /// Takes what is next in a lane, as a worker does; one job, unless several are done together.
    pub async fn lease(&self, lane: Lane) -> Option<job::Model> {
        queue::finish_and_lease(&self.deps, lane, &[])
            .await
            .unwrap()
            .into_iter()
            .next()
    }

    /// The names of the facts in the log, in their order, without the registrations that `member()` made.
    pub async fn events(&self) -> Vec<String> {
        let forgiven = self.forgiven.lock().unwrap().clone();
        let events = event::Entity::find()
            .order_by_asc(event::Column::Number)
            .all(self.deps.db.read())
            .await
            .unwrap();
        events
            .into_iter()
            .filter(|event| !is_forgiven(event, &forgiven))
            .map(|event| event.kind)
            .collect()
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        rows_of(self.deps.db.read(), table).await
    }

    /// How many rows every table has, and how many mails and text messages were sent: what a refusal leaves as it was.
    /// When members were last seen is written down beside everything, so it does not count.
    pub async fn footprint(&self) -> BTreeMap<String, i64> {
        let db = self.deps.db.read();
        let mut counts = BTreeMap::new();
        for table in tables(db).await.into_iter().filter(|table| table != "last_seen") {
            let rows = rows_of(db, &table).await;
            counts.insert(table, rows);
        }
        counts.insert("(mails)".to_owned(), i64::try_from(self.mailbox.count()).unwrap());
        counts.insert(
            "(text messages)".to_owned(),
            i64::try_from(self.phone.sent().len()).unwrap(),
        );
        counts
    }

    /// Changes rows past the API, for a state that no request leads to. Placeholders are `$1`, `$2`, ….
    pub async fn execute<const N: usize>(&self, sql: &str, values: [Value; N]) {
        let sql = sql.to_owned();
        let done = self.deps.write(async |tx| {
            let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
            Ok(tx.execute_raw(statement).await?)
        });
        done.await.unwrap();
    }

    /// Packs the database, as an operator may do at any time.
    pub async fn vacuum(&self) {
        let db = sea_orm::Database::connect(self.database_url()).await.unwrap();
        db.execute_unprepared("VACUUM").await.unwrap();
        db.close().await.unwrap();
    }

    /// A single value of a query, such as a state.
    pub async fn value<T: sea_orm::TryGetable>(&self, sql: &str) -> T {
        let db = self.deps.db.read();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.query_one_raw(statement)
            .await
            .unwrap()
            .expect("no row")
            .try_get_by_index(0)
            .unwrap()
    }
}

/// What nobody has done: facts that call for jobs, and jobs.
pub(super) async fn left_over(url: &str, forgiven: &BTreeSet<String>) -> Vec<String> {
    let db = connect(url).await;
    let done = cursor::Entity::find_by_id("relay")
        .one(db.read())
        .await
        .unwrap()
        .map_or(0, |cursor| cursor.value);
    let events = event::Entity::find()
        .order_by_asc(event::Column::Number)
        .all(db.read())
        .await
        .unwrap();
    let undone = events
        .iter()
        .filter(|row| done < row.number && !is_forgiven(row, forgiven) && calls_for_jobs(row));
    let mut left: Vec<String> = undone.map(|row| format!("unheard {}", row.payload)).collect();
    let jobs = job::Entity::find().all(db.read()).await.unwrap();
    // What waits by intention is not due yet.
    let waits = |job: &job::Model| job.attempts == 0 && job.created_at < job.run_at;
    for job in jobs.into_iter().filter(|job| !waits(job)) {
        let state = if job.state == JobState::Buried {
            "buried"
        } else {
            "undone"
        };
        left.push(format!(
            "{state} {} {}",
            job.payload,
            job.last_error.unwrap_or_default()
        ));
    }
    db.close().await.unwrap();
    left
}

/// Seats in an inbox follow from every change of a shelter's staff; the tests of inboxes run that work, and all others that
/// need a shelter do not mind it.
fn calls_for_jobs(row: &event::Model) -> bool {
    let event: Event = serde_json::from_str(&row.payload).unwrap();
    !matches!(event, Event::Shelters(ShelterEvent::StaffChanged { .. })) && !reactions(&event).unwrap().is_empty()
}

fn is_forgiven(row: &event::Model, forgiven: &BTreeSet<String>) -> bool {
    match serde_json::from_str(&row.payload).unwrap() {
        Event::Accounts(AccountEvent::MemberRegistered { member_id }) => forgiven.contains(&member_id.to_string()),
        _ => false,
    }
}

async fn rows_of(db: &impl ConnectionTrait, table: &str) -> i64 {
    let statement = Statement::from_string(db.get_database_backend(), format!("SELECT COUNT(*) FROM {table}"));
    db.query_one_raw(statement)
        .await
        .unwrap()
        .unwrap()
        .try_get_by_index(0)
        .unwrap()
}

async fn tables(db: &impl ConnectionTrait) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'",
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
