//! Questions to the tables that many ask at the same moment, answered by one look.
//!
//! A message wakes everybody who follows its conversation, and each of them needs the same few rows. Whoever asks while
//! a look is under way waits for the next one, together with all who ask meanwhile: alone one is answered at once, and
//! the more there are, the less each of them costs. A look begins after the question was asked, so its answer is never
//! older than the question.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use super::Deps;
use crate::kernel::{Error, Result};

/// Most questions of one look.
const MOST: usize = 64;

/// What can be asked together with others of its kind. Its value says everything that the answer depends on, above all
/// who asks.
pub trait BatchedQuery: Clone + Eq + Hash + Send + Sync + 'static {
    /// The answer.
    type Answer: Clone + Send + 'static;

    /// Looks at the tables as they are now. What is not in the result has no answer.
    fn look(deps: &Deps, asked: &[Self]) -> impl Future<Output = Result<HashMap<Self, Self::Answer>>> + Send;
}

/// The questions of this node that wait for a look, by their kind.
#[derive(Default)]
pub struct BatchedQueries(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

/// Those of one kind.
struct Counter<Q: BatchedQuery>(Mutex<Queue<Q>>);

struct Queue<Q: BatchedQuery> {
    waiting: HashMap<Q, Vec<oneshot::Sender<Reply<Q>>>>,
    is_served: bool,
}

type Reply<Q> = Result<Option<<Q as BatchedQuery>::Answer>>;

impl BatchedQueries {
    fn counter<Q: BatchedQuery>(&self) -> Result<Arc<Counter<Q>>> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = counters.entry(TypeId::of::<Q>());
        let counter = counter.or_insert_with(|| Arc::new(Counter::<Q>::default())).clone();
        let counter = counter.downcast();
        counter.map_err(|_| Error::broken("questions of one kind wait under another"))
    }
}

impl Deps {
    /// Asks, together with whoever asks the like at this moment.
    pub async fn ask<Q: BatchedQuery>(&self, question: Q) -> Result<Option<Q::Answer>> {
        let counter = self.batched_queries.counter::<Q>()?;
        let (reply, answer) = oneshot::channel();
        if counter.queue().add(question, reply) {
            tokio::spawn(counter.serve(self.clone()));
        }
        answer.await.map_err(|_| Error::broken("a question got no answer"))?
    }
}

impl<Q: BatchedQuery> Default for Counter<Q> {
    fn default() -> Self {
        Self(Mutex::new(Queue {
            waiting: HashMap::new(),
            is_served: false,
        }))
    }
}

impl<Q: BatchedQuery> Counter<Q> {
    /// Looks as long as there are questions; a task of its own, because whoever asks may give up.
    async fn serve(self: Arc<Self>, deps: Deps) {
        let _served = Served(&self);
        loop {
            let asked = self.queue().next();
            if asked.is_empty() {
                return;
            }
            let questions: Vec<Q> = asked.keys().cloned().collect();
            let answers = Q::look(&deps, &questions).await;
            for (question, replies) in asked {
                let reply = match &answers {
                    Ok(answers) => Ok(answers.get(&question).cloned()),
                    Err(error) => Err(error.clone()),
                };
                // Whoever has given up meanwhile needs no answer.
                replies.into_iter().for_each(|one| drop(one.send(reply.clone())));
            }
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue<Q>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Q: BatchedQuery> Queue<Q> {
    /// Says whether somebody has to begin to serve.
    fn add(&mut self, question: Q, reply: oneshot::Sender<Reply<Q>>) -> bool {
        self.waiting.entry(question).or_default().push(reply);
        !std::mem::replace(&mut self.is_served, true)
    }

    /// What the next look is about; nothing ends the service.
    fn next(&mut self) -> HashMap<Q, Vec<oneshot::Sender<Reply<Q>>>> {
        if self.waiting.len() <= MOST {
            self.is_served = !self.waiting.is_empty();
            return std::mem::take(&mut self.waiting);
        }
        let some: Vec<Q> = self.waiting.keys().take(MOST).cloned().collect();
        some.into_iter()
            .filter_map(|question| self.waiting.remove_entry(&question))
            .collect()
    }
}

/// A look that panicked must not leave the others without service: who waits is told, who comes later is served.
struct Served<'a, Q: BatchedQuery>(&'a Counter<Q>);

impl<Q: BatchedQuery> Drop for Served<'_, Q> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut queue = self.0.queue();
            queue.waiting.clear();
            queue.is_served = false;
        }
    }
}
