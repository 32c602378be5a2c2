//! Table `sms_messages`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId, SmsMessageId},
    vocabulary::{SmsDirection, SmsStatus},
};

/// Text messages in both directions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_messages")]
pub struct Model {
    /// UUIDv7; `sms_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SmsMessageId,
    /// The member whose account it belongs to; null for an inbound message from an unknown number.
    pub member_id: Option<MemberId>,
    /// The conversation that it carries a message of; null otherwise.
    pub conversation_id: Option<ConversationId>,
    /// Whether it was sent or received.
    pub direction: SmsDirection,
    /// One of `verification`, `chat`, `inbound` and `answer`.
    pub purpose: String,
    /// Recipient, E.164.
    pub to_phone: String,
    /// Sender, E.164; null for outbound messages.
    pub from_phone: Option<String>,
    /// Text of the message; a verification code is never stored in it.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// SMS segments that the text takes up.
    pub segments: i32,
    /// Credits charged and not refunded.
    pub credits: i32,
    /// Only moves forward.
    pub status: SmsStatus,
    /// Reason for the failure; null unless it failed.
    pub error: Option<String>,
    /// The carrier's id for the message; null until it is accepted.
    #[sea_orm(unique)]
    pub provider_id: Option<String>,
    /// When it was queued or received.
    pub created_at: Timestamp,
    /// When the status last changed.
    pub updated_at: Timestamp,
    /// When the carrier reported its delivery; null until then.
    pub delivered_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
