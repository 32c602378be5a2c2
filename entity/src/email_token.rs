//! Table `email_tokens`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Tokens sent by e-mail to prove an address, stored as hashes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "email_tokens")]
pub struct Model {
    /// SHA-256 of the token, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Whose address.
    pub member_id: MemberId,
    /// The address that it proves.
    pub email: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Set by the one use.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
