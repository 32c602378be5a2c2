//! Table `sessions`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, SessionId},
};

/// Sessions: one row per log-in on a device; each is a family of refresh tokens.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// UUIDv7; `ses_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// The member who logged in.
    pub member_id: MemberId,
    /// User-Agent header of the log-in.
    #[sea_orm(column_type = "Text")]
    pub user_agent: Option<String>,
    /// IP address of the log-in.
    pub address: Option<String>,
    /// Roughly where that address was then; null if nobody knew.
    pub place: Option<String>,
    /// When the member logged in.
    pub created_at: Timestamp,
    /// When a token was last refreshed.
    pub last_used_at: Timestamp,
    /// When the session expires unless it is refreshed.
    pub expires_at: Timestamp,
    /// When it was revoked, by the member or because a token was used twice; null until then.
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
