//! Table `passkeys`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PasskeyId},
};

/// Passkeys of members: the public halves of keys that their devices keep (WebAuthn Level 3).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub struct Model {
    /// UUIDv7; `pky_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PasskeyId,
    /// Whose account it opens.
    pub member_id: MemberId,
    /// The device's name for the key, in base64url.
    #[sea_orm(unique)]
    pub credential_id: String,
    /// Public key and properties, as JSON of `webauthn-rs`.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    /// How often the device says that the key was used; always 0 for keys that several devices share.
    pub uses: i64,
    /// What the member calls it, at most 50 characters.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody last logged in with it; null if nobody has.
    pub last_used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
