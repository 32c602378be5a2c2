//! Table `email_changes`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{EmailChangeId, MemberId},
};

/// Pending changes of an account's address, at most one for a member. A change is made once both addresses have confirmed
/// it, and then its row is deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "email_changes")]
pub struct Model {
    /// UUIDv7; a new request has a new one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EmailChangeId,
    /// The member whose address changes.
    pub member_id: MemberId,
    /// The lower-cased address that the account will have.
    #[sea_orm(column_type = "Text")]
    pub new_email: String,
    /// SHA-256, in hex, of the token that was sent to the present address; null until the mail is written.
    #[sea_orm(column_type = "Text")]
    pub old_token_hash: Option<String>,
    /// The same of the new address.
    #[sea_orm(column_type = "Text")]
    pub new_token_hash: Option<String>,
    /// When the present address confirmed it; from the beginning if that address was never verified.
    pub old_confirmed_at: Option<Timestamp>,
    /// When the new address confirmed it.
    pub new_confirmed_at: Option<Timestamp>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it is void.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
