//! Loaders for photos.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{
    id::{PetId, PhotoId},
    photo,
};

use crate::{
    deps::Deps,
    domain::photos,
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads photos, for references of what the viewer may see.
pub struct Photos(Deps);

impl FeatureLoader for Photos {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<PhotoId> for Photos {
    type Value = Arc<photo::Model>;
    type Error = Error;

    async fn load(&self, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Self::Value>, Error> {
        let photos = photos::by_ids(self.0.db.read(), ids).await?;
        Ok(photos.into_iter().map(|photo| (photo.id, Arc::new(photo))).collect())
    }
}

/// Loads the photos of pets that the viewer may see.
pub struct PhotosOfPets(Deps);

impl FeatureLoader for PhotosOfPets {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<PetId> for PhotosOfPets {
    type Value = Vec<Arc<photo::Model>>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let of_pets = photos::load_for(self.0.db.read(), ids).await?;
        Ok(of_pets
            .into_iter()
            .map(|(pet, photos)| (pet, photos.into_iter().map(Arc::new).collect()))
            .collect())
    }
}
