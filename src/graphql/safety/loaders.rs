//! Loaders of safety. None of them keeps anything, so an open subscription sees the present state.

use std::collections::HashMap;

use async_graphql::dataloader::{DataLoader, Loader};
use entity::{id::MemberId, vocabulary::ProfanityFilter};

use crate::{
    deps::Deps,
    domain::{
        presence::{self, Presence},
        safety,
    },
    graphql::loaders::loader,
    kernel::{Error, Viewer},
};

/// The loaders of safety.
pub struct SafetyLoaders {
    /// What members set about profanity; nothing for those who have not.
    pub profanity_filters: DataLoader<ProfanityFilters>,
    /// Whom the viewer has blocked.
    pub blocked: DataLoader<Blocked>,
    /// The presence of those whose presence the viewer may see.
    pub presences: DataLoader<Presences>,
}

impl SafetyLoaders {
    /// Fresh loaders for one request.
    pub fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self {
            profanity_filters: loader(ProfanityFilters(deps.clone())),
            blocked: loader(Blocked(deps.clone(), viewer.clone())),
            presences: loader(Presences(deps.clone(), viewer.clone())),
        }
    }
}

/// Loads what members set about profanity.
pub struct ProfanityFilters(Deps);

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

impl Loader<MemberId> for Presences {
    type Value = Presence;
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, Error> {
        presence::presences(&self.0, &self.1, ids).await
    }
}
