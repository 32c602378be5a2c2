//! Loaders of one request: every reference of a page is read in one query. Which there are is up to the features; one is
//! made when it is first asked for.

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

/// A loader of a feature.
pub trait FeatureLoader: Send + Sync + 'static {
    /// For the request of that viewer.
    fn new(deps: &Deps, viewer: &Viewer) -> Self;
}

/// The loaders of one request, with its viewer inside.
pub struct Loaders {
    deps: Deps,
    viewer: Viewer,
    made: Mutex<TypeMap>,
    /// What the viewer is to shelters; nothing is kept for a stream, which may outlast it.
    actor: Option<OnceCell<Arc<Actor>>>,
}

/// Makes the loaders of a request when the first of them is needed: an idle subscription needs none.
pub struct LoadersOfRequest {
    deps: Deps,
    viewer: Viewer,
    made: OnceLock<Box<Loaders>>,
}

impl LoadersOfRequest {
    /// None made yet.
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
    /// The loader of that type. It gathers the keys of one turn of the executor and keeps nothing.
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

    /// What a feature counts within the request.
    pub fn counted<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.kept(T::default)
    }

    /// What the viewer is to shelters: looked up once for a request, and each time for the events of a stream.
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
