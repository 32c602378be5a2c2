//! The loaders of one request: all references on a page are read in one query. Features decide which loaders there are;
//! each is created when it is first needed.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use async_graphql::{
    dataloader::DataLoader,
    runtime::{TokioSpawner, TokioTimer},
};
use tokio::sync::OnceCell;

use crate::{
    deps::Deps,
    domain::staff::Actor,
    kernel::{Error, Viewer, type_map::TypeMap},
};

/// A feature's loader.
pub trait FeatureLoader: Send + Sync + 'static {
    /// Creates the loader for a request of that viewer.
    fn new(deps: &Deps, viewer: &Viewer) -> Self;
}

/// The loaders of one request, and its viewer.
pub struct Loaders {
    deps: Deps,
    viewer: Viewer,
    made: Mutex<TypeMap>,
    /// The viewer's roles in shelters. Not cached for a stream, because they may change while it is running.
    actor: Option<OnceCell<Arc<Actor>>>,
}

/// Creates the loaders of a request when the first one is needed; an idle subscription needs none.
pub struct LoadersOfRequest {
    deps: Deps,
    viewer: Viewer,
    made: OnceLock<Box<Loaders>>,
}

impl LoadersOfRequest {
    /// Starts without loaders.
    pub fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self {
            deps: deps.clone(),
            viewer: viewer.clone(),
            made: OnceLock::new(),
        }
    }

    /// The loaders of a query or mutation.
    pub fn get(&self) -> &Loaders {
        self.made_with(|| Some(OnceCell::new()))
    }

    /// The loaders of a stream.
    pub fn of_stream(&self) -> &Loaders {
        self.made_with(|| None)
    }

    fn made_with(&self, actor: fn() -> Option<OnceCell<Arc<Actor>>>) -> &Loaders {
        self.made.get_or_init(|| {
            Box::new(Loaders {
                deps: self.deps.clone(),
                viewer: self.viewer.clone(),
                made: Mutex::default(),
                actor: actor(),
            })
        })
    }
}

impl Loaders {
    /// The loader of that type. It collects the keys requested in one turn of the executor and caches nothing.
    pub fn get<L: FeatureLoader>(&self) -> Arc<DataLoader<L>> {
        self.kept(|| {
            DataLoader::new(
                L::new(&self.deps, &self.viewer),
                TokioSpawner::current(),
                TokioTimer::default(),
            )
            .delay(Duration::ZERO)
            .max_batch_size(500)
        })
    }

    /// A feature's own state within the request, such as counters.
    pub fn counted<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.kept(T::default)
    }

    /// The viewer's roles in shelters: looked up once per request, but again for every event of a stream.
    pub async fn actor(&self, deps: &Deps) -> Result<Arc<Actor>, Error> {
        let look = async || Actor::of(deps.db.read(), &self.viewer).await.map(Arc::new);
        match &self.actor {
            Some(kept) => kept.get_or_try_init(look).await.cloned(),
            None => look().await,
        }
    }

    fn kept<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.get_or_insert_with(make)
    }
}
