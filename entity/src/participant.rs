//! Table `participants`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId},
};

/// Who takes part in which conversation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "participants")]
pub struct Model {
    /// Conversation id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    /// Which member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Whether they run the group.
    pub is_admin: bool,
    /// Number of the last message read; only grows.
    pub read_up_to: i64,
    /// How far the others see them to have read; stands still while they read privately.
    pub shown_up_to: i64,
    /// Number of the last message that reached a device of theirs; only grows.
    pub delivered_up_to: i64,
    /// Whether they have ever written here.
    pub has_written: bool,
    /// Messages of others after the last one read, without deleted ones and those of the system.
    pub unread_count: i32,
    /// Archived.
    pub archived: bool,
    /// Muted.
    pub muted: bool,
    /// Number of the conversation's last change among all of the member's conversations: the cursor of their updates.
    pub activity: i64,
    /// When the conversation's last message was sent: its place in the member's list.
    pub listed_at: Timestamp,
    /// Joined at.
    pub joined_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
