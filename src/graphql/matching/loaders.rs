//! Loaders for matches.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::{MemberId, PetId};

use crate::{
    deps::Deps,
    domain::claims,
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads which reports were opened to a member by an accepted claim.
pub struct Revealed(Deps, Option<MemberId>);

impl FeatureLoader for Revealed {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.member())
    }
}

impl Loader<PetId> for Revealed {
    type Value = ();
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, ()>, Error> {
        let Some(member) = self.1 else {
            return Ok(HashMap::new());
        };
        let revealed = claims::revealed_to(self.0.db.read(), member, ids).await?;
        Ok(revealed.into_iter().map(|id| (id, ())).collect())
    }
}
