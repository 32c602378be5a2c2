//! Table `email_tokens`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Tokens sent by e-mail to verify an address, stored as hashes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "email_tokens")]
pub struct Model {
    /// SHA-256 of the token, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The member whose address is verified.
    pub member_id: MemberId,
    /// The address that the token verifies.
    pub email: String,
    /// When the token expires.
    pub expires_at: Timestamp,
    /// When the token was used; it can be used once only.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
