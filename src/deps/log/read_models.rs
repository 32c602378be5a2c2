//! The read models of this node. Features decide which ones there are.

use std::{any::Any, sync::Arc};

use async_trait::async_trait;

use super::{FollowsLog, ReadModel};
use crate::{deps::Deps, kernel::Result};

/// A read model with its type erased.
#[async_trait]
pub trait Follower: Any + Send + Sync {
    /// The name shown to operators.
    fn name(&self) -> &'static str;

    /// Number of the last event taken in; none before it is built.
    fn position(&self) -> Option<i64>;

    /// Brings the model up to the end of the log; builds it first if necessary.
    async fn catch_up(&self, deps: &Deps) -> Result<()>;

    /// Replaces the model with a rebuilt copy if worthwhile; the old one keeps answering meanwhile.
    async fn renew(&self, deps: &Deps) -> Result<()>;
}

#[async_trait]
impl<T: FollowsLog> Follower for ReadModel<T> {
    fn name(&self) -> &'static str {
        T::NAME
    }

    fn position(&self) -> Option<i64> {
        Self::position(self)
    }

    async fn catch_up(&self, deps: &Deps) -> Result<()> {
        Self::catch_up(self, deps).await
    }

    async fn renew(&self, deps: &Deps) -> Result<()> {
        Self::renew(self, deps).await
    }
}

/// The read models of one node.
#[derive(Default)]
pub struct ReadModels(Vec<Arc<dyn Follower>>);

impl ReadModels {
    /// Adds a read model, not built yet.
    pub fn with<T: FollowsLog>(mut self) -> Self {
        self.0.push(Arc::new(ReadModel::<T>::default()));
        self
    }

    /// All of them.
    pub fn all(&self) -> &[Arc<dyn Follower>] {
        &self.0
    }
}

impl Deps {
    /// This node's read model of that type.
    ///
    /// # Panics
    ///
    /// Panics if `domain::read_models` does not list it. The first test that reads it finds out.
    pub fn read_model<T: FollowsLog>(&self) -> &ReadModel<T> {
        let mut all = self.read_models.all().iter();
        all.find_map(|model| (&**model as &dyn Any).downcast_ref())
            .expect("domain::read_models lists every read model")
    }
}
