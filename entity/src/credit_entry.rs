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
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which member.
    pub member_id: MemberId,
    /// Positive is given, negative is taken.
    pub delta: i32,
    /// Reason.
    pub reason: String,
    /// Sms message id.
    pub sms_message_id: Option<SmsMessageId>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
