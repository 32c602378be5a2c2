//! Table `idempotency_keys`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// First results of requests that carry a key, kept for 24 hours.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Who sent the key: a global id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    /// Which mutation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the input, in hex.
    pub request_hash: String,
    /// Global id of what the first request made.
    pub result: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
