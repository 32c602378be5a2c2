//! Table `refresh_tokens`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::SessionId};

/// Refresh tokens, stored as hashes; every one is good for one use.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    /// SHA-256 of the token, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The family.
    pub session_id: SessionId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it ends unused.
    pub expires_at: Timestamp,
    /// Set by the one use.
    pub used_at: Option<Timestamp>,
    /// SHA-256, in hex, of the client that used it: its network and what it says that it is.
    #[sea_orm(column_type = "Text")]
    pub used_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
