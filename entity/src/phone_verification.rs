//! Table `phone_verifications`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Codes that verify a phone number.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_verifications")]
pub struct Model {
    /// The member who asked for the code; each has one code at a time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// E.164 number that the code was sent to.
    pub phone: String,
    /// Keyed hash of the member, the number and the code.
    pub code_hash: String,
    /// Codes sent since `window_started_at`; at most 5.
    pub sends: i32,
    /// Times that a code was entered; at most 5 for each code.
    pub tries: i32,
    /// Start of the ten minutes within which `sends` is counted.
    pub window_started_at: Timestamp,
    /// When the code expires, ten minutes after it was sent.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
