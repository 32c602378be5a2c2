//! Table `participants`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId},
};

/// Members of each conversation, and how far each has read.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "participants")]
pub struct Model {
    /// The conversation that the member takes part in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    /// The member who takes part.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Whether they administer the group.
    pub is_admin: bool,
    /// Number of the last message read; never decreases.
    pub read_up_to: i64,
    /// Number of the last message that others see as read; stays still while the member hides read receipts.
    pub shown_up_to: i64,
    /// Number of the last message that reached one of their devices; never decreases.
    pub delivered_up_to: i64,
    /// Whether they have ever sent a message here.
    pub has_written: bool,
    /// Unread messages by others; deleted messages and system messages do not count.
    pub unread_count: i32,
    /// Whether the member has moved it to their archive; the next message moves it back.
    pub archived: bool,
    /// Whether the member gets no notifications from it.
    pub muted: bool,
    /// Number of the conversation's last change among all of the member's conversations; cursor of their updates.
    pub activity: i64,
    /// When the conversation's last message was sent; sorts the member's list.
    pub listed_at: Timestamp,
    /// When the member joined.
    pub joined_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
