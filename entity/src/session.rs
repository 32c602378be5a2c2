//! Table `sessions`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, SessionId},
};

/// Log-ins, one row per device; a refresh-token family.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Whose log-in.
    pub member_id: MemberId,
    /// What the client said that it is.
    #[sea_orm(column_type = "Text")]
    pub user_agent: Option<String>,
    /// Where the log-in came from.
    pub address: Option<String>,
    /// When the member logged in.
    pub created_at: Timestamp,
    /// When a token was last refreshed.
    pub last_used_at: Timestamp,
    /// When the family ends unless it is refreshed.
    pub expires_at: Timestamp,
    /// Set once: by log-out, by the member, or by a token used twice.
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
