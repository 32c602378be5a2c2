//! Loaders for accounts.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::MemberId, member};

use crate::{
    deps::Deps,
    domain::accounts,
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads members.
pub struct Members(Deps);

impl FeatureLoader for Members {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<MemberId> for Members {
    type Value = Arc<member::Model>;
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, Error> {
        if let [id] = ids {
            // As in the events of streams, many of which come at the same moment.
            let member = accounts::member_batched(&self.0, *id).await?;
            return Ok(member.into_iter().map(|member| (member.id, member)).collect());
        }
        let members = accounts::members_by_ids(self.0.db.read(), ids).await?;
        Ok(members
            .into_iter()
            .map(|member| (member.id, Arc::new(member)))
            .collect())
    }
}
