//! Read models in memory: built from the tables, then kept current by the log.
//!
//! What everybody reads all the time is answered from memory. A model is a pure function of the tables: every node has
//! the same one, and a lost one is built again. It stands at a number of the log; what is after that number is read from
//! the tables when a bell rings, or at the latest by the first reader who comes after a write of this node, so that
//! whoever has written here sees it.

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

use super::{Deps, EVENTS_OF_A_LOOK, events_after};
use crate::{
    events::{Event, Topic},
    kernel::{Error, Result},
};

/// Something that can be built from the tables and follows the log.
pub trait FollowsLog: Sized + Send + Sync + 'static {
    /// A piece of what some events mean for it: as much as is taken in while nobody can look, so some milliseconds.
    type News: Send;

    /// What operators call it.
    const NAME: &'static str;

    /// Whose bells ring when it was built.
    const TOPIC: Option<Topic>;

    /// Builds it from the tables as they are now.
    fn build(deps: &Deps) -> impl Future<Output = Result<Self>> + Send;

    /// Reads from the tables, as they are now, what the events concern.
    fn read(deps: &Deps, events: &[Event]) -> impl Future<Output = Result<Vec<Self::News>>> + Send;

    /// Takes it in, and says whose bells ring for it; no waiting in here.
    fn apply(&mut self, news: Self::News) -> Vec<Topic>;

    /// Called on a newly built one that takes the place of another.
    fn succeed(&mut self, old: &Self);

    /// The same laid out anew, when so much has changed that this pays.
    fn renewed(&self) -> Option<Self>;
}

/// One read model of this node.
pub struct ReadModel<T> {
    content: RwLock<Option<T>>,
    /// Number of the last event that is taken in; below zero while there is no content.
    stands_at: AtomicI64,
    /// How often somebody has begun to bring it up to date.
    begun: AtomicU64,
    /// Held by whoever builds it or brings it up to date: which of those that were begun was the last to come to its end.
    turn: Mutex<u64>,
}

/// How far this node knows the log.
#[derive(Debug)]
pub struct LogHead {
    /// Last number that it has written or heard of.
    seen: AtomicI64,
    /// Last number that it has rung for; below zero before the first.
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
    /// The log goes at least so far.
    pub fn saw(&self, number: i64) {
        self.seen.fetch_max(number, Ordering::AcqRel);
    }

    /// The bells of this node have rung for everything up to there.
    pub fn rang(&self, number: i64) {
        self.rung.store(number, Ordering::Release);
    }

    /// Up to where the bells of this node have rung; none before they ever did.
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
    /// Looks at it; what this node has written before is in it. It is built first, if need be.
    pub async fn look<R>(&self, deps: &Deps, look: impl FnOnce(&T) -> R) -> Result<R> {
        self.be_current(deps).await?;
        self.look_now(look)
    }

    /// The same for what takes longer than some milliseconds: away from the threads that answer requests.
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

    /// Number of the last event that is taken in; none while it is not built.
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

    /// Brings it up to the end of the log; builds it first, if need be. Of several who ask at once one does it and the
    /// others wait; what was begun after they asked is good for them too.
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

    /// Lays it out anew when that pays, while the old one goes on answering.
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

    /// Builds it from the tables while the old one, if there is one, goes on answering.
    async fn build(&self, deps: &Deps) -> Result<()> {
        // The number is read first: an event that is written while the tables are read is taken in twice, never missed.
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

    /// Takes in the next events; says whether there may be more.
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
