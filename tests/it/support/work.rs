//! Access to the log, the queue and the tables for tests.

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

/// A job that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedJob {
    /// See `Job::NAME`.
    pub kind: String,
    /// Whether the job is never tried again.
    pub is_buried: bool,
    /// Number of attempts.
    pub attempts: i32,
    /// The error, as logged.
    pub error: String,
}

impl TestApp {
    /// Relays all events and runs all jobs that are due, until none are left. Fails the test if a job failed.
    pub async fn run_work(&self) {
        let failed = self.try_work().await;
        assert!(failed.is_empty(), "jobs failed: {failed:#?}");
    }

    /// Like `run_work`, but returns the jobs that failed. They are due again later: `app.clock.advance(…)`.
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

    /// Leases the next job in a lane like a worker does; several if they are done together.
    pub async fn lease(&self, lane: Lane) -> Option<job::Model> {
        queue::finish_and_lease(&self.deps, lane, &[])
            .await
            .unwrap()
            .into_iter()
            .next()
    }

    /// The names of the events in the log, in order, without the registrations made by `member()`.
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

    /// Number of rows in a table.
    pub async fn count(&self, table: &str) -> i64 {
        rows_of(self.deps.db.read(), table).await
    }

    /// Number of rows in every table, and number of mails and text messages sent: a refused request leaves all of them
    /// unchanged. The time at which a member was last seen may change with any request, so it does not count.
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

    /// The whole content of every table, but for the times at which members were last seen: a refused request leaves it as
    /// it is.
    pub async fn content(&self) -> BTreeMap<String, String> {
        let db = self.deps.db.read();
        let mut content = BTreeMap::new();
        for table in tables(db).await.into_iter().filter(|table| table != "last_seen") {
            let rows = content_of(db, &table).await;
            content.insert(table, rows);
        }
        content
    }

    /// Changes rows directly, to reach a state that no request leads to. Placeholders are `$1`, `$2`, ….
    pub async fn execute<const N: usize>(&self, sql: &str, values: [Value; N]) {
        let sql = sql.to_owned();
        let done = self.deps.write(async |tx| {
            let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
            Ok(tx.execute_raw(statement).await?)
        });
        done.await.unwrap();
    }

    /// Compacts the database, as an operator may do at any time.
    pub async fn vacuum(&self) {
        let db = sea_orm::Database::connect(self.database_url()).await.unwrap();
        db.execute_unprepared("VACUUM").await.unwrap();
        db.close().await.unwrap();
    }

    /// A single value from a query, such as a state.
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

/// Unfinished work: events that call for jobs, and jobs.
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
    // Deliberately delayed jobs are not due yet.
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

/// Every change of a shelter's staff leads to a job that updates its inbox. Tests about inboxes run these jobs; all
/// other tests that need a shelter ignore them.
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

/// All rows of a table as text, in the order of that text.
async fn content_of(db: &impl ConnectionTrait, table: &str) -> String {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Postgres {
        format!("SELECT COALESCE(STRING_AGG(CAST(t AS TEXT), CHR(10) ORDER BY CAST(t AS TEXT)), '') FROM {table} t")
    } else {
        let columns = Statement::from_string(backend, format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns = db.query_all_raw(columns).await.unwrap();
        let columns = columns.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
        let row = columns.map(|column| format!("QUOTE(\"{column}\")")).collect::<Vec<_>>();
        let row = row.join(" || ',' || ");
        format!("SELECT COALESCE(GROUP_CONCAT(line, CHAR(10)), '') FROM (SELECT {row} AS line FROM {table} ORDER BY 1)")
    };
    let row = db
        .query_one_raw(Statement::from_string(backend, sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get_by_index(0).unwrap()
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
