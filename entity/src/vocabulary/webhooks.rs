//! Terms for webhooks.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a shelter's own system is told of. The stored form is also the name on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum WebhookEvent {
    /// Animals were taken in.
    #[sea_orm(string_value = "animal.taken_in")]
    #[serde(rename = "animal.taken_in")]
    AnimalTakenIn,
    /// Something changed in the stays of animals.
    #[sea_orm(string_value = "animal.changed")]
    #[serde(rename = "animal.changed")]
    AnimalChanged,
    /// The stays of animals ended.
    #[sea_orm(string_value = "animal.left")]
    #[serde(rename = "animal.left")]
    AnimalLeft,
    /// A match was found for one of the shelter's reports, or is likelier than before.
    #[sea_orm(string_value = "match.found")]
    #[serde(rename = "match.found")]
    MatchFound,
    /// A side said that a match is the same animal.
    #[sea_orm(string_value = "match.confirmed")]
    #[serde(rename = "match.confirmed")]
    MatchConfirmed,
    /// Somebody claims the animal of a match.
    #[sea_orm(string_value = "claim.opened")]
    #[serde(rename = "claim.opened")]
    ClaimOpened,
    /// An import has ended.
    #[sea_orm(string_value = "import.finished")]
    #[serde(rename = "import.finished")]
    ImportFinished,
    /// Nothing happened: the shelter tries whether its system answers.
    #[sea_orm(string_value = "ping")]
    #[serde(rename = "ping")]
    Ping,
}

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum WebhookDeliveryState {
    /// It waits for its first or next try.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// The shelter's system took it.
    #[sea_orm(string_value = "delivered")]
    Delivered,
    /// It was given up.
    #[sea_orm(string_value = "failed")]
    Failed,
}
