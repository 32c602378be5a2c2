//! Loaders of one request: every reference of a page is read in one query.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::runtime::{TokioSpawner, TokioTimer};
use entity::{id::MemberId, member};
use tokio::sync::OnceCell;

use super::pets::{Favorites, Pets};
use crate::{
    deps::Deps,
    domain::{accounts, staff::Standing},
    kernel::{Error, Viewer},
};

/// The loaders of one request, with its viewer inside.
pub struct Loaders {
    /// Members by id.
    pub members: DataLoader<Members>,
    /// Reports that the viewer may see, by id.
    pub pets: DataLoader<Pets>,
    /// Which reports the viewer keeps an eye on.
    pub favorites: DataLoader<Favorites>,
    viewer: Viewer,
    standing: OnceCell<Standing>,
}

impl Loaders {
    /// Fresh loaders for one request.
    pub fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self {
            members: loader(Members(deps.clone())),
            pets: loader(Pets(deps.clone(), viewer.clone())),
            favorites: loader(Favorites(deps.clone(), viewer.clone())),
            viewer: viewer.clone(),
            standing: OnceCell::new(),
        }
    }

    /// What the viewer is to shelters, looked up once for the request.
    pub async fn standing(&self, deps: &Deps) -> Result<&Standing, Error> {
        self.standing
            .get_or_try_init(|| Standing::of(deps.db.read(), &self.viewer))
            .await
    }
}

fn loader<L: Loader<K>, K: Send + Sync + std::hash::Hash + Eq + Clone + 'static>(loader: L) -> DataLoader<L> {
    DataLoader::new(loader, TokioSpawner::current(), TokioTimer::default())
        .delay(Duration::ZERO)
        .max_batch_size(500)
}

/// Loads members.
pub struct Members(Deps);

impl Loader<MemberId> for Members {
    type Value = Arc<member::Model>;
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, Error> {
        let members = accounts::members_by_ids(self.0.db.read(), ids).await?;
        Ok(members
            .into_iter()
            .map(|member| (member.id, Arc::new(member)))
            .collect())
    }
}
