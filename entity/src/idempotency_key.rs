//! Table `idempotency_keys`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// Results of requests that carried an idempotency key, kept for 24 hours.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Global id of the member or API key that sent the request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    /// Name of the mutation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    /// The key as the client sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the input, in hex; a repeat with other input is refused.
    pub request_hash: String,
    /// Global id of the object that the first request created.
    pub result: String,
    /// When the first request was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
