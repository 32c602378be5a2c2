//! Table `phone_verifications`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Codes that prove a phone number.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_verifications")]
pub struct Model {
    /// One at a time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// E.164.
    pub phone: String,
    /// Keyed hash of the code.
    pub code_hash: String,
    /// How often a code was sent within the window.
    pub sends: i32,
    /// How often a code was tried.
    pub tries: i32,
    /// Window started at.
    pub window_started_at: Timestamp,
    /// Expires at.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
