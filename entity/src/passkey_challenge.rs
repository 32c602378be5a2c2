//! Table `passkey_challenges`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Random numbers that devices are asked to sign, each once; deleted when it comes back signed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_challenges")]
pub struct Model {
    /// SHA-256 of the number in base64url, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The member who adds a passkey; null for a log-in, where nobody knows yet who it is.
    pub member_id: Option<MemberId>,
    /// What the answer is checked against, as JSON of `webauthn-rs`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
