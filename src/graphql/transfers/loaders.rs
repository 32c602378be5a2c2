//! Loaders around offers of animals.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::StayId, stay};

use crate::{
    deps::Deps,
    domain::{custody, staff::Actor},
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads stays in the shelters whose animals the viewer may see.
pub struct StaysById(Deps, Viewer);

impl FeatureLoader for StaysById {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<StayId> for StaysById {
    type Value = Arc<stay::Model>;
    type Error = Error;

    async fn load(&self, ids: &[StayId]) -> Result<HashMap<StayId, Self::Value>, Error> {
        let db = self.0.db.read();
        let found = custody::stays_by_ids(db, &Actor::of(db, &self.1).await?, ids).await?;
        Ok(found.into_iter().map(|stay| (stay.id, Arc::new(stay))).collect())
    }
}
