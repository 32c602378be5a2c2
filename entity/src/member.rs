//! Table `members`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PhotoId},
    vocabulary::Role,
};

/// Accounts of people.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    /// UUIDv7; `mem_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    /// Lower-cased address. Empty once another account has verified it; at most one account can verify an address.
    pub email: String,
    /// Whether the member has proved that the address is theirs.
    pub email_verified: bool,
    /// Argon2id hash in PHC string format; empty if nobody may log in.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    /// Shown to other members; at most 50 characters.
    pub display_name: String,
    /// Rights beyond the member's own data.
    pub role: Role,
    /// Profile picture; null if there is none.
    pub avatar_photo_id: Option<PhotoId>,
    /// BCP 47 tag of the language in which the server writes to the member; null if they chose none.
    #[sea_orm(column_type = "Text")]
    pub locale: Option<String>,
    /// Name of the member's time zone in the IANA database; null if they chose none.
    #[sea_orm(column_type = "Text")]
    pub time_zone: Option<String>,
    /// When the account was created.
    pub created_at: Timestamp,
    /// When it will be deleted; null unless the member asked for it.
    pub deletes_at: Option<Timestamp>,
    /// When it was deleted; null until then.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
