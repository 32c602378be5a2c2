//! Loaders around reports.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::PetId, pet};

use crate::{
    deps::Deps,
    domain::pets::{self, PrivateView},
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads reports that the viewer may see.
pub struct Pets(Deps, Viewer);

impl FeatureLoader for Pets {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<PetId> for Pets {
    type Value = Arc<pet::Model>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let pets = pets::find_many(self.0.db.read(), &self.1, ids).await?;
        Ok(pets.into_iter().map(|pet| (pet.id, Arc::new(pet))).collect())
    }
}

/// Says which reports the viewer keeps an eye on.
pub struct Favorites(Deps, Viewer);

impl FeatureLoader for Favorites {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<PetId> for Favorites {
    type Value = ();
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, ()>, Error> {
        let Some(member) = self.1.member() else {
            return Ok(HashMap::new());
        };
        let favorites = pets::favorites_among(self.0.db.read(), member, ids).await?;
        Ok(favorites.into_iter().map(|id| (id, ())).collect())
    }
}

/// Writes looks at what is private to the audit log, those of one page together.
pub struct PrivateViews(Deps, Viewer);

impl FeatureLoader for PrivateViews {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<PrivateView> for PrivateViews {
    type Value = ();
    type Error = Error;

    async fn load(&self, views: &[PrivateView]) -> Result<HashMap<PrivateView, ()>, Error> {
        pets::record_views(&self.0, &self.1, views).await?;
        Ok(HashMap::new())
    }
}
