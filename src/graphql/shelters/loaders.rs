//! Loaders around shelters.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::ShelterId, shelter};

use crate::{
    deps::Deps,
    domain::shelters,
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads shelters; they are public.
pub struct Shelters(Deps);

impl FeatureLoader for Shelters {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<ShelterId> for Shelters {
    type Value = Arc<shelter::Model>;
    type Error = Error;

    async fn load(&self, ids: &[ShelterId]) -> Result<HashMap<ShelterId, Self::Value>, Error> {
        let found = shelters::by_ids(self.0.db.read(), ids).await?;
        Ok(found
            .into_iter()
            .map(|shelter| (shelter.id, Arc::new(shelter)))
            .collect())
    }
}
