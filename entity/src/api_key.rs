//! Table `api_keys`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ApiKeyId, MemberId, ShelterId},
};

/// API keys for a shelter's scripts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    /// UUIDv7; `key_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    /// The shelter that the key acts for.
    pub shelter_id: ShelterId,
    /// Label given by the staff, at most 80 characters.
    pub name: String,
    /// The first characters of the key, such as `sk_live_3fa9`; all that is ever shown again.
    pub prefix: String,
    /// SHA-256 of the key, in hex.
    #[sea_orm(unique)]
    pub hash: String,
    /// Space-separated scopes, each once, in a fixed order.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// The member of the staff who created the key.
    pub created_by: MemberId,
    /// When the key was created.
    pub created_at: Timestamp,
    /// From when on the key is no longer valid; null if it does not expire.
    pub expires_at: Option<Timestamp>,
    /// The key that was made in its place; null until it is rotated.
    pub replaced_by: Option<ApiKeyId>,
    /// Updated at most once an hour for each network that the key is used from; null until the first use.
    pub last_used_at: Option<Timestamp>,
    /// IP address of that use; null for uses before addresses were kept.
    pub last_used_address: Option<String>,
    /// When the key was revoked; never reset. Null while the key is valid.
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
