//! Loaders for claims.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::MatchId, pet_match};

use crate::{
    deps::Deps,
    domain::{
        claims::{self, SeenClaim},
        matching,
        staff::Actor,
    },
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads the claims of matches, as far as the viewer may know of them.
pub struct ClaimsOfMatches(Deps, Viewer);

impl FeatureLoader for ClaimsOfMatches {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<MatchId> for ClaimsOfMatches {
    type Value = Arc<SeenClaim>;
    type Error = Error;

    async fn load(&self, ids: &[MatchId]) -> Result<HashMap<MatchId, Self::Value>, Error> {
        let db = self.0.db.read();
        let actor = Actor::of(db, &self.1).await?;
        let claims = claims::of_matches(db, &actor, ids).await?;
        Ok(claims.into_iter().map(|(id, seen)| (id, Arc::new(seen))).collect())
    }
}

/// Loads matches, for claims that the viewer may know of.
pub struct MatchesOfClaims(Deps);

impl FeatureLoader for MatchesOfClaims {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<MatchId> for MatchesOfClaims {
    type Value = pet_match::Model;
    type Error = Error;

    async fn load(&self, ids: &[MatchId]) -> Result<HashMap<MatchId, Self::Value>, Error> {
        let found = matching::with_ids(self.0.db.read(), ids).await?;
        Ok(found.into_iter().map(|found| (found.id, found)).collect())
    }
}
