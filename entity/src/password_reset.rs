//! Table `password_resets`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PasswordResetId},
};

/// Requests for a new password. There is one for every request, whether the address has an account or not.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "password_resets")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PasswordResetId,
    /// The lower-cased address that was given.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// The account that the mail was written for; null until then, and if there is none.
    pub member_id: Option<MemberId>,
    /// SHA-256 of the token in the mail, in hex; null until it is written.
    #[sea_orm(column_type = "Text")]
    pub token_hash: Option<String>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When the token expires.
    pub expires_at: Timestamp,
    /// When the token was used or became void; null until then.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
