//! Read models in memory: built from the tables, then kept up to date from the log.
//!
//! Frequent reads of public data are served from memory. A model is a pure function of the tables: every node has the
//! same one, and a lost one can be rebuilt. It is up to date as of a certain event number. Later events are taken in
//! when a bell rings, or at the latest by the first reader after a write on this node, so that readers see their own
//! writes.

use std::{
    collections::HashSet,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use entity::event;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use tokio::sync::Mutex;

use super::{EVENTS_OF_A_LOOK, events_after};
use crate::{
    deps::Deps,
    events::{Event, Topic},
    kernel::{Error, Result},
};

/// A model that can be built from the tables and updated from the log.
pub trait FollowsLog: Sized + Send + Sync + 'static {
    /// An update caused by some events. Readers are blocked while it is applied, so it should take only a few
    /// milliseconds.
    type News: Send;

    /// The name shown to operators.
    const NAME: &'static str;

    /// The topic to ring once the model is built.
    const TOPIC: Option<Topic>;

    /// Builds it from the current tables.
    fn build(deps: &Deps) -> impl Future<Output = Result<Self>> + Send;

    /// Reads what the events affect from the current tables.
    fn read(deps: &Deps, events: &[Event]) -> impl Future<Output = Result<Vec<Self::News>>> + Send;

    /// Applies an update and returns the topics to ring. Must not block.
    fn apply(&mut self, news: Self::News) -> Vec<Topic>;

    /// Called on a newly built model that replaces another.
    fn succeed(&mut self, old: &Self);

    /// A rebuilt copy, if enough has changed to make that worthwhile.
    fn renewed(&self) -> Option<Self>;
}

/// One read model of this node.
pub struct ReadModel<T> {
    content: RwLock<Option<T>>,
    /// Number of the last event taken in; negative while there is no content.
    stands_at: AtomicI64,
    /// Number of updates started so far.
    begun: AtomicU64,
    /// Held while the model is built or updated. Contains the number of the last update that finished.
    turn: Mutex<u64>,
}

/// How far this node has seen the log.
#[derive(Debug)]
pub struct LogHead {
    /// Number of the last event that this node has written or heard of.
    seen: AtomicI64,
    /// Number of the last event whose bells have rung; negative before the first.
    rung: AtomicI64,
}

impl Default for LogHead {
    fn default() -> Self {
        Self {
            seen: AtomicI64::new(0),
            rung: AtomicI64::new(-1),
        }
    }
}

impl LogHead {
    /// Notes that the log reaches at least this number.
    pub fn saw(&self, number: i64) {
        self.seen.fetch_max(number, Ordering::AcqRel);
    }

    /// Notes that the bells of this node have rung for everything up to this number.
    pub fn rang(&self, number: i64) {
        self.rung.store(number, Ordering::Release);
    }

    /// The number up to which the bells of this node have rung; none before the first.
    pub fn rung(&self) -> Option<i64> {
        Some(self.rung.load(Ordering::Acquire)).filter(|number| 0 <= *number)
    }

    fn number(&self) -> i64 {
        self.seen.load(Ordering::Acquire)
    }
}

impl<T> Default for ReadModel<T> {
    fn default() -> Self {
        Self {
            content: RwLock::new(None),
            stands_at: AtomicI64::new(-1),
            begun: AtomicU64::new(0),
            turn: Mutex::default(),
        }
    }
}

impl<T: FollowsLog> ReadModel<T> {
    /// Reads the model, which includes everything this node has written. Builds it first if necessary.
    pub async fn look<R>(&self, deps: &Deps, look: impl FnOnce(&T) -> R) -> Result<R> {
        self.be_current(deps).await?;
        self.look_now(look)
    }

    /// The same for reads that take more than a few milliseconds; runs outside the threads that answer requests.
    pub async fn look_long<R, L>(&self, deps: &Deps, look: L) -> Result<R>
    where
        R: Send + 'static,
        L: FnOnce(&T) -> R + Send + 'static,
    {
        self.be_current(deps).await?;
        let own = deps.clone();
        let work = tokio::task::spawn_blocking(move || own.read_model::<T>().look_now(look));
        work.await.map_err(Error::internal)?
    }

    /// Number of the last event taken in; none before it is built.
    pub fn position(&self) -> Option<i64> {
        Some(self.stands_at.load(Ordering::Acquire)).filter(|number| 0 <= *number)
    }

    fn look_now<R>(&self, look: impl FnOnce(&T) -> R) -> Result<R> {
        let content = self.content.read().unwrap_or_else(PoisonError::into_inner);
        content.as_ref().map(look).ok_or_else(not_built)
    }

    async fn be_current(&self, deps: &Deps) -> Result<()> {
        if self.stands_at.load(Ordering::Acquire) < deps.log_head.number().max(0) {
            self.catch_up(deps).await?;
        }
        Ok(())
    }

    /// Brings the model up to the end of the log; builds it first if necessary. If several callers ask at once, one
    /// does the work and the others wait. An update that started after a caller asked is good enough for that caller
    /// too.
    pub async fn catch_up(&self, deps: &Deps) -> Result<()> {
        let asked = self.begun.load(Ordering::Acquire);
        let mut last_done = self.turn.lock().await;
        if asked < *last_done {
            return Ok(());
        }
        let number = self.begun.fetch_add(1, Ordering::AcqRel) + 1;
        if self.stands_at.load(Ordering::Acquire) < 0 {
            self.build(deps).await?;
        }
        while self.step(deps).await? {}
        *last_done = number;
        Ok(())
    }

    /// Replaces the model with a rebuilt copy if worthwhile; the old one keeps answering meanwhile.
    pub async fn renew(&self, deps: &Deps) -> Result<()> {
        let _turn = self.turn.lock().await;
        let own = deps.clone();
        let work = tokio::task::spawn_blocking(move || {
            let content = own
                .read_model::<T>()
                .content
                .read()
                .unwrap_or_else(PoisonError::into_inner);
            content.as_ref().and_then(T::renewed)
        });
        if let Some(renewed) = work.await.map_err(Error::internal)? {
            *self.content.write().unwrap_or_else(PoisonError::into_inner) = Some(renewed);
        }
        Ok(())
    }

    /// Builds the model from the tables; the old one, if any, keeps answering meanwhile.
    async fn build(&self, deps: &Deps) -> Result<()> {
        // The number is read first, so an event written while the tables are read is taken in twice rather than missed.
        let number = last_number(deps).await?;
        let mut built = T::build(deps).await?;
        let mut content = self.content.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = content.as_ref() {
            built.succeed(old);
        }
        *content = Some(built);
        self.stands_at.store(number, Ordering::Release);
        T::TOPIC.into_iter().for_each(|topic| deps.bells.ring(topic));
        Ok(())
    }

    /// Takes in the next events. Returns whether there may be more.
    async fn step(&self, deps: &Deps) -> Result<bool> {
        let events = events_after(deps, self.stands_at.load(Ordering::Acquire)).await?;
        let Some(last) = events.last().map(|fact| fact.number) else {
            return Ok(false);
        };
        let is_full = EVENTS_OF_A_LOOK <= events.len();
        let known: Option<Vec<Event>> = events.iter().map(|fact| fact.event.clone()).collect();
        let Some(known) = known else {
            // An event of a newer version: what it means is in the tables.
            self.build(deps).await?;
            return Ok(true);
        };
        let news = T::read(deps, &known).await?;
        let mut concerned = HashSet::new();
        for piece in news {
            if let Some(content) = &mut *self.content.write().unwrap_or_else(PoisonError::into_inner) {
                concerned.extend(content.apply(piece));
            }
            tokio::task::yield_now().await;
        }
        self.stands_at.store(last, Ordering::Release);
        concerned.into_iter().for_each(|topic| deps.bells.ring(topic));
        deps.log_head.saw(last);
        Ok(is_full)
    }
}

async fn last_number(deps: &Deps) -> Result<i64> {
    let last = event::Entity::find()
        .select_only()
        .column(event::Column::Number)
        .order_by_desc(event::Column::Number)
        .limit(1)
        .into_tuple::<i64>()
        .one(deps.db.read())
        .await?;
    Ok(last.unwrap_or(0))
}

fn not_built() -> Error {
    Error::broken("a read model was looked at before it was built")
}
