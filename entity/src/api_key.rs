//! Table `api_keys`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ApiKeyId, MemberId, ShelterId},
};

/// Keys for scripts of a shelter.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    /// For whom it acts.
    pub shelter_id: ShelterId,
    /// What the staff calls it.
    pub name: String,
    /// The part that is shown, such as `sk_3fa9`.
    pub prefix: String,
    /// SHA-256 of the key, in hex.
    #[sea_orm(unique)]
    pub hash: String,
    /// Space-separated scopes.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// Created by.
    pub created_by: MemberId,
    /// When.
    pub created_at: Timestamp,
    /// To the hour.
    pub last_used_at: Option<Timestamp>,
    /// Set once.
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
