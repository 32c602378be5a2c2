//! Table `refresh_tokens`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::SessionId};

/// Refresh tokens, stored as hashes; each can be used once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    /// SHA-256 of the token, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The session, which is the family of its tokens.
    pub session_id: SessionId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it expires if it is not used.
    pub expires_at: Timestamp,
    /// When it was used; null until then.
    pub used_at: Option<Timestamp>,
    /// SHA-256, in hex, of the network and user agent of the client that used it.
    #[sea_orm(column_type = "Text")]
    pub used_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
