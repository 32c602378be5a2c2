//! Table `api_key_networks`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::ApiKeyId};

/// The networks that API keys were used from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key_networks")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_key_id: ApiKeyId,
    /// An IPv4 address, or the first address of a /64 of IPv6.
    #[sea_orm(primary_key, auto_increment = false)]
    pub network: String,
    /// When the key was first used from there.
    pub first_used_at: Timestamp,
    /// Updated at most once an hour.
    pub last_used_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
