//! Loaders of one request: every reference of a page is read in one query.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::runtime::{TokioSpawner, TokioTimer};
use entity::{id::MemberId, member};
use tokio::sync::OnceCell;

use super::chat::ChatLoaders;
use crate::{
    deps::Deps,
    domain::{accounts, staff::Standing},
    kernel::{Error, Viewer},
};

/// The loaders of one request, with its viewer inside.
pub struct Loaders {
    /// Members by id.
    pub members: DataLoader<Members>,
    /// Conversations and messages.
    pub chat: ChatLoaders,
    viewer: Viewer,
    standing: OnceCell<Standing>,
}

impl Loaders {
    /// Fresh loaders for one request.
    pub fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self {
            members: loader(Members(deps.clone())),
            chat: ChatLoaders::new(deps, viewer),
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

/// A loader that gathers the keys of one turn of the executor and keeps nothing.
pub(super) fn loader<L: Loader<K>, K: Send + Sync + std::hash::Hash + Eq + Clone + 'static>(
    loader: L,
) -> DataLoader<L> {
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
