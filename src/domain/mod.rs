//! Floor 4: rules and use cases; knows neither GraphQL nor HTTP. There is one folder per feature. A feature may use
//! features of lower rank; features of equal rank meet in `work::jobs`. `tests/it/architecture.rs` reads the ranks
//! below and enforces them.

// Rank 1
pub mod accounts;
pub mod staff;

// Rank 2
pub mod consents;
pub mod photos;
pub mod places;
pub mod safety;

// Rank 3
pub mod pets;

// Rank 4
pub mod custody;

// Rank 5
pub mod matching;
pub mod sharing;
pub mod shelters;
pub mod transfers;

// Rank 6
pub mod chat;
pub mod claims;
pub mod connectors;
pub mod searches;
pub mod visual_similarity;

// Rank 7
pub mod moderation;
pub mod notifications;
pub mod presence;
pub mod sms;
pub mod webhooks;

// Rank 8
pub mod privacy;

use pet_index::LivePetIndex;

use crate::{
    deps::{Deps, Limit, ReadModels},
    kernel::Result,
};
use ::visual_similarity::SimilarityIndex;

/// The read models of every node, not built yet.
pub fn read_models() -> ReadModels {
    ReadModels::default()
        .with::<LivePetIndex>()
        .with::<SimilarityIndex>()
        .with::<matching::ListFloors>()
}

/// Encrypts with the installation's present secret what a former one has encrypted, so that that can be forgotten.
pub async fn reseal(deps: &Deps) -> Result<()> {
    accounts::reseal(deps).await?;
    connectors::reseal(deps).await?;
    webhooks::reseal(deps).await
}

/// The rate limits of all features.
pub fn limits() -> Vec<Limit> {
    [
        accounts::LIMITS,
        consents::LIMITS,
        photos::LIMITS,
        places::LIMITS,
        pets::LIMITS,
        sharing::LIMITS,
        shelters::LIMITS,
        transfers::LIMITS,
        chat::LIMITS,
        claims::LIMITS,
        connectors::LIMITS,
        moderation::LIMITS,
        sms::LIMITS,
        webhooks::LIMITS,
        privacy::LIMITS,
    ]
    .concat()
}
