//! Loaders around shelters.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::ShelterId, shelter};

use crate::{deps::Deps, domain::shelters, kernel::Error};

/// Loads shelters; they are public.
pub struct Shelters(pub Deps);

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
