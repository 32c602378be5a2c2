//! Table `credit_entries`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, SmsMessageId},
};

/// The ledger of SMS credits.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_entries")]
pub struct Model {
    /// UUIDv7; never leaves the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The member whose balance changed.
    pub member_id: MemberId,
    /// Credits, one per SMS segment: positive when given, negative when taken.
    pub delta: i32,
    /// Reason for the change, such as `sent` or `given back`.
    pub reason: String,
    /// The SMS that credits were taken or given back for; null otherwise.
    pub sms_message_id: Option<SmsMessageId>,
    /// When the balance changed.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
