//! How often a pet was shared.

use std::collections::HashMap;

use async_graphql::{Context, SimpleObject, dataloader::Loader};
use entity::id::PetId;

use crate::{
    deps::Deps,
    domain::sharing::{self, ShareCount},
    graphql::{context::ContextExt, loaders::FeatureLoader, vocabulary::SharePlatform},
    kernel::{Error, Result, Viewer},
};

/// How often a pet was shared on one platform, and how many came from there.
#[derive(SimpleObject)]
pub struct ShareStats {
    /// Where it was shared.
    platform: SharePlatform,
    /// How often members shared it there.
    shares: i32,
    /// People who followed those links, each counted once a day.
    visits: i32,
}

impl From<ShareCount> for ShareStats {
    fn from(count: ShareCount) -> Self {
        Self {
            platform: count.platform.into(),
            shares: i32::try_from(count.shares).unwrap_or(i32::MAX),
            visits: i32::try_from(count.visits).unwrap_or(i32::MAX),
        }
    }
}

/// The counts of a pet, one for each platform on which it was shared.
pub async fn share_stats(ctx: &Context<'_>, pet: PetId) -> Result<Vec<ShareStats>> {
    let counts = ctx.loaders()?.get::<SharesOfPets>().load_one(pet).await?;
    Ok(counts.unwrap_or_default().into_iter().map(ShareStats::from).collect())
}

/// Loads the counts of pets.
pub struct SharesOfPets(Deps);

impl FeatureLoader for SharesOfPets {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

impl Loader<PetId> for SharesOfPets {
    type Value = Vec<ShareCount>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let mut of_pets: HashMap<PetId, Self::Value> = HashMap::new();
        for count in sharing::counts_of(self.0.db.read(), ids).await? {
            of_pets.entry(count.pet_id).or_default().push(count);
        }
        Ok(of_pets)
    }
}
