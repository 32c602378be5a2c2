//! Table `sms_messages`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId, SmsMessageId},
    vocabulary::{SmsDirection, SmsStatus},
};

/// SMS in both directions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_messages")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SmsMessageId,
    /// Whose account.
    pub member_id: Option<MemberId>,
    /// Which conversation it carries.
    pub conversation_id: Option<ConversationId>,
    /// Direction.
    pub direction: SmsDirection,
    /// `verification`, `chat`, `inbound` or `answer`.
    pub purpose: String,
    /// E.164.
    pub to_phone: String,
    /// E.164.
    pub from_phone: Option<String>,
    /// Body.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Segments.
    pub segments: i32,
    /// Credits taken and not given back.
    pub credits: i32,
    /// Forward only.
    pub status: SmsStatus,
    /// What the carrier said.
    pub error: Option<String>,
    /// The carrier's id.
    #[sea_orm(unique)]
    pub provider_id: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Updated at.
    pub updated_at: Timestamp,
    /// Delivered at.
    pub delivered_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
