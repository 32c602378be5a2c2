//! One commit for all writers that wait for each other.
//!
//! SQLite has one writer at a time, and a commit costs as much as several messages; with `full` it waits for the disk. So
//! whoever comes while somebody writes adds a part to the same transaction, under a savepoint, and all of them are
//! acknowledged after the one commit. A part that fails or is given up is undone alone. If the commit fails, all fail.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::{
    runtime::Handle,
    sync::{Mutex, Notify, OwnedMutexGuard, watch},
    time::Instant,
};

/// Parts of one commit at most.
const MOST_PARTS: u32 = 64;
/// After this time a transaction takes up no further part, so that a short write does not wait for many long ones.
const OPEN_FOR: Duration = Duration::from_millis(10);

/// Number of short writes after which a checkpoint is worth its two waits for the disk: some thousands of pages.
const COMMITS_A_CHECKPOINT: usize = 500;

/// The one writer, whose turns are given out in the order of asking.
#[derive(Clone)]
pub(in crate::deps::database) struct GroupCommitter(Arc<Shared>);

struct Shared {
    writer: DatabaseConnection,
    open: Arc<Mutex<Option<CommitGroup>>>,
    waiting: AtomicUsize,
    /// Commits since a checkpoint was asked for.
    commits: AtomicUsize,
    checkpoint_due: Arc<Notify>,
}

/// Whose transaction a writer uses where several may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// One that is open, if there is any.
    Shared,
    /// A new one. SQLite keeps every page that a part of a transaction changes, in case that it is undone alone, which costs a
    /// long part half as much again.
    Alone,
}

/// An open transaction with the parts of several writers.
struct CommitGroup {
    tx: DatabaseTransaction,
    opened: Instant,
    parts: u32,
    company: Company,
    /// There are effects of a part that has not ended, or has been given up.
    is_unfinished: bool,
    outcome: watch::Sender<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Open,
    Committed,
    Lost(DbErr),
}

impl GroupCommitter {
    pub fn new(writer: DatabaseConnection) -> Self {
        Self(Arc::new(Shared {
            writer,
            open: Arc::default(),
            waiting: AtomicUsize::new(0),
            commits: AtomicUsize::new(0),
            checkpoint_due: Arc::default(),
        }))
    }

    /// Rings after a long write and after many others.
    pub fn checkpoint_due(&self) -> Arc<Notify> {
        self.0.checkpoint_due.clone()
    }

    fn note_commit(&self, company: Company) {
        let commits = self.0.commits.fetch_add(1, Ordering::Relaxed);
        if company == Company::Alone || COMMITS_A_CHECKPOINT <= commits {
            self.0.commits.store(0, Ordering::Relaxed);
            self.0.checkpoint_due.notify_one();
        }
    }

    /// Waits for its lock and opens a transaction or adds to the one that is open.
    pub async fn begin(&self, company: Company) -> Result<GroupedWrite, DbErr> {
        let mut lock = self.wait().await;
        lock.undo_unfinished().await;
        if company == Company::Alone && lock.group.is_some() {
            // In a task of its own: those who share it must not hang on this writer, who may be given up.
            let committed = tokio::spawn(async move {
                lock.commit().await;
                lock
            });
            lock = committed.await.map_err(|_| lost())?;
        }
        match &mut *lock.group {
            Some(group) => group.start_part().await?,
            none => *none = Some(CommitGroup::open(&self.0.writer, company).await?),
        }
        Ok(GroupedWrite(lock))
    }

    async fn wait(&self) -> WriteLock {
        let waiting = QueuedWriter::new(self.clone());
        let group = self.0.open.clone().lock_owned().await;
        waiting.end();
        WriteLock {
            group,
            committer: self.clone(),
        }
    }

    fn is_wanted(&self) -> bool {
        0 < self.0.waiting.load(Ordering::SeqCst)
    }

    /// Commits what is open in a task of its own, unless somebody waits, who will see to it.
    fn settle(&self) {
        let committer = self.clone();
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                let group = committer.0.open.clone().lock_owned().await;
                let mut lock = WriteLock { group, committer };
                if !lock.committer.is_wanted() {
                    lock.undo_unfinished().await;
                    lock.commit().await;
                }
            });
        }
    }
}

/// Somebody in the queue. Whoever leaves it may be the one for whom a transaction was left open.
struct QueuedWriter {
    committer: GroupCommitter,
    is_over: bool,
}

impl QueuedWriter {
    fn new(committer: GroupCommitter) -> Self {
        committer.0.waiting.fetch_add(1, Ordering::SeqCst);
        Self {
            committer,
            is_over: false,
        }
    }

    fn end(mut self) {
        self.is_over = true;
    }
}

impl Drop for QueuedWriter {
    fn drop(&mut self) {
        self.committer.0.waiting.fetch_sub(1, Ordering::SeqCst);
        if !self.is_over {
            self.committer.settle();
        }
    }
}

/// The right to write. What it leaves open when it is given up is settled.
struct WriteLock {
    group: OwnedMutexGuard<Option<CommitGroup>>,
    committer: GroupCommitter,
}

impl WriteLock {
    /// Undoes a part that was given up; the parts before it stay. The first part has no savepoint and goes with its
    /// transaction.
    async fn undo_unfinished(&mut self) {
        let Some(group) = self.group.as_mut().filter(|group| group.is_unfinished) else {
            return;
        };
        if group.parts == 0 {
            return self.lose(lost());
        }
        if let Err(error) = group.undo_part().await {
            tracing::error!(%error, "a shared transaction is over: nothing of it is acknowledged");
            self.lose(error);
        }
    }

    /// Gives up the whole transaction.
    fn lose(&mut self, why: DbErr) {
        if let Some(group) = self.group.take() {
            group.outcome.send_replace(Outcome::Lost(why));
        }
    }

    async fn commit(&mut self) {
        if let Some(CommitGroup {
            tx, outcome, company, ..
        }) = self.group.take()
        {
            let committed = tx.commit().await;
            match &committed {
                Ok(()) => self.committer.note_commit(company),
                Err(error) => tracing::error!(%error, "a commit failed: nothing of it is acknowledged"),
            }
            outcome.send_replace(committed.map_or_else(Outcome::Lost, |()| Outcome::Committed));
        }
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        if self.group.as_ref().is_some_and(|group| group.parts == 0) {
            self.lose(lost());
        }
        if self.group.is_some() && !self.committer.is_wanted() {
            self.committer.settle();
        }
    }
}

impl CommitGroup {
    async fn open(writer: &DatabaseConnection, company: Company) -> Result<Self, DbErr> {
        // The lock is taken at once: a transaction that reads first and writes later fails under load.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Self {
            tx: writer.begin_with_options(options).await?,
            opened: Instant::now(),
            parts: 0,
            company,
            is_unfinished: true,
            outcome: watch::Sender::new(Outcome::Open),
        })
    }

    async fn start_part(&mut self) -> Result<(), DbErr> {
        self.is_unfinished = true;
        self.tx.execute_unprepared("SAVEPOINT part").await.map(|_| ())
    }

    /// What was sent to the database before it was given up is done by now, because statements are done in their order;
    /// so a savepoint that is not there was never set, or is released already; or SQLite has rolled everything back by
    /// itself, as it does when the disk is full.
    async fn undo_part(&mut self) -> Result<(), DbErr> {
        let undone = self.tx.execute_unprepared("ROLLBACK TO part; RELEASE part").await;
        match undone.map(|_| ()) {
            Err(error) if error.to_string().contains("no such savepoint") => self.must_be_open().await?,
            undone => undone?,
        }
        self.is_unfinished = false;
        Ok(())
    }

    /// SQLite refuses a BEGIN while a transaction is open, and nothing else that is harmless.
    async fn must_be_open(&mut self) -> Result<(), DbErr> {
        match self.tx.execute_unprepared("BEGIN").await {
            Err(error) if error.to_string().contains("within a transaction") => Ok(()),
            Err(error) => Err(error),
            Ok(_) => Err(lost()),
        }
    }

    async fn end_part(&mut self) -> Result<(), DbErr> {
        if 0 < self.parts {
            self.tx.execute_unprepared("RELEASE part").await?;
        }
        self.is_unfinished = false;
        self.parts += 1;
        Ok(())
    }

    fn takes_more(&self) -> bool {
        self.parts < MOST_PARTS && self.opened.elapsed() < OPEN_FOR
    }
}

/// What one writer writes. Dropped without [`GroupedWrite::commit`] it is undone.
pub(in crate::deps::database) struct GroupedWrite(WriteLock);

impl GroupedWrite {
    /// The transaction to write in.
    pub fn tx(&self) -> Result<&DatabaseTransaction, DbErr> {
        let group = self.0.group.as_ref();
        group.map(|group| &group.tx).ok_or_else(lost)
    }

    /// Returns when it is committed, with the parts of others or alone.
    pub async fn commit(self) -> Result<(), DbErr> {
        let Self(mut lock) = self;
        let group = lock.group.as_mut().ok_or_else(lost)?;
        if let Err(error) = group.end_part().await {
            lock.lose(error.clone());
            return Err(error);
        }
        let is_last = !lock.committer.is_wanted();
        let mut outcome = group.outcome.subscribe();
        match (is_last || !group.takes_more(), group.parts) {
            (true, 1) => lock.commit().await,
            // The others' acknowledgements must not hang on one request that may be given up.
            (true, _) => drop(tokio::spawn(async move { lock.commit().await })),
            (false, _) => drop(lock),
        }
        let end = outcome.wait_for(|outcome| *outcome != Outcome::Open).await;
        match end.as_deref() {
            Ok(Outcome::Committed) => Ok(()),
            Ok(Outcome::Lost(why)) => Err(why.clone()),
            _ => Err(lost()),
        }
    }
}

/// Whoever tries again finds all in order, so this counts as the database being away.
fn lost() -> DbErr {
    let lost = "the transaction that was shared with other writers is lost";
    DbErr::Conn(RuntimeErr::Internal(lost.to_owned()))
}

#[cfg(test)]
mod tests;
