//! Loaders of safety. None of them keeps anything, so an open subscription sees the present state.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::{id::MemberId, vocabulary::ProfanityFilter};

use crate::{
    deps::Deps,
    domain::{
        presence::{self, Presence},
        safety,
    },
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads what members set about profanity.
pub struct ProfanityFilters(Deps);

impl FeatureLoader for ProfanityFilters {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<MemberId> for ProfanityFilters {
    type Value = ProfanityFilter;
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, Error> {
        let settings = safety::settings_of(self.0.db.read(), ids).await?;
        Ok(settings.into_iter().map(|row| (row.member_id, row.profanity)).collect())
    }
}

/// Says whom the viewer has blocked.
pub struct Blocked(Deps, Viewer);

impl FeatureLoader for Blocked {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<MemberId> for Blocked {
    type Value = ();
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, ()>, Error> {
        let Some(me) = self.1.member() else {
            return Ok(HashMap::new());
        };
        let blocked = safety::blocked_among(self.0.db.read(), me, ids).await?;
        Ok(blocked.into_iter().map(|id| (id, ())).collect())
    }
}

/// Loads presence.
pub struct Presences(Deps, Viewer);

impl FeatureLoader for Presences {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<MemberId> for Presences {
    type Value = Presence;
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, Error> {
        presence::presences(&self.0, &self.1, ids).await
    }
}
