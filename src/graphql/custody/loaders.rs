//! Loaders around the animals of shelters.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{
    id::{PetId, ShelterAnimalId},
    shelter_animal, stay,
};

use crate::{
    deps::Deps,
    domain::{custody, staff::Actor},
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads animals of the shelters whose animals the viewer may see.
pub struct Animals(Deps, Viewer);

/// Loads the stays that publish reports, of the same shelters.
pub struct StaysOfPets(Deps, Viewer);

/// Loads texts as the shelter's file has them. The caller checks that the viewer may see them.
pub struct Originals(Deps);

impl FeatureLoader for Animals {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<ShelterAnimalId> for Animals {
    type Value = Arc<shelter_animal::Model>;
    type Error = Error;

    async fn load(&self, ids: &[ShelterAnimalId]) -> Result<HashMap<ShelterAnimalId, Self::Value>, Error> {
        let db = self.0.db.read();
        let found = custody::animals_by_ids(db, &Actor::of(db, &self.1).await?, ids).await?;
        Ok(found.into_iter().map(|animal| (animal.id, Arc::new(animal))).collect())
    }
}

impl FeatureLoader for StaysOfPets {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<PetId> for StaysOfPets {
    type Value = Arc<stay::Model>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let db = self.0.db.read();
        let found = custody::stays_of_pets(db, &Actor::of(db, &self.1).await?, ids).await?;
        let by_pet = found
            .into_iter()
            .filter_map(|stay| Some((stay.pet_id?, Arc::new(stay))));
        Ok(by_pet.collect())
    }
}

impl FeatureLoader for Originals {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<ShelterAnimalId> for Originals {
    type Value = String;
    type Error = Error;

    async fn load(&self, ids: &[ShelterAnimalId]) -> Result<HashMap<ShelterAnimalId, String>, Error> {
        custody::original_texts(self.0.db.read(), ids).await
    }
}
