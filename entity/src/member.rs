//! Table `members`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PhotoId},
    vocabulary::Role,
};

/// Accounts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    /// Lower-cased address that was given; empty when another account has proved it. At most one account has proved it.
    pub email: String,
    /// Whether the address was proved.
    pub email_verified: bool,
    /// Argon2id in PHC form; empty when nobody may log in.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    /// What others see.
    pub display_name: String,
    /// What the member may do beyond their own.
    pub role: Role,
    /// Picture, if any.
    pub avatar_photo_id: Option<PhotoId>,
    /// When the account was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
