//! Table `recovery_codes`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Codes for members who have lost their authenticator app, stored as hashes; each can be used once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// SHA-256 of the member and the code, in hex.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub hash: String,
    /// When it was used; null until then.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
