//! Loaders around adoptions.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::StayId;

use crate::{
    deps::Deps,
    domain::{
        custody::{self, AdoptionBlock, ShownCheck},
        staff::Actor,
    },
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads what keeps animals from being adopted, for stays in the shelters whose animals the viewer may see.
pub struct BlocksOfStays(Deps, Viewer);

/// Loads the checks of adoptions, for the same stays.
pub struct ChecksOfStays(Deps, Viewer);

impl FeatureLoader for BlocksOfStays {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<StayId> for BlocksOfStays {
    type Value = Vec<AdoptionBlock>;
    type Error = Error;

    async fn load(&self, ids: &[StayId]) -> Result<HashMap<StayId, Self::Value>, Error> {
        let db = self.0.db.read();
        let stays = custody::stays_by_ids(db, &Actor::of(db, &self.1).await?, ids).await?;
        custody::adoption_blocks(db, &stays, self.0.clock.now()).await
    }
}

impl FeatureLoader for ChecksOfStays {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<StayId> for ChecksOfStays {
    type Value = Vec<ShownCheck>;
    type Error = Error;

    async fn load(&self, ids: &[StayId]) -> Result<HashMap<StayId, Self::Value>, Error> {
        let db = self.0.db.read();
        let stays = custody::stays_by_ids(db, &Actor::of(db, &self.1).await?, ids).await?;
        custody::checks_of(db, &stays).await
    }
}
