//! Facts about conversations.

use entity::id::{ConversationId, MemberId, MessageId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChatEvent {
    /// A conversation was opened.
    ConversationStarted {
        conversation_id: ConversationId,
        member_ids: Vec<MemberId>,
    },
    /// A message was sent.
    MessageSent {
        conversation_id: ConversationId,
        message_id: MessageId,
        member_ids: Vec<MemberId>,
    },
    /// A message was edited, deleted or reacted to.
    MessageChanged {
        conversation_id: ConversationId,
        message_id: MessageId,
        member_ids: Vec<MemberId>,
    },
    /// A member has read up to some message; `member_ids` are those who receive the update.
    ConversationRead {
        conversation_id: ConversationId,
        member_ids: Vec<MemberId>,
    },
    /// The state of a conversation changed for these members only: archived, muted, delivered or assigned.
    #[serde(rename = "seat_changed")]
    ParticipantsChanged { member_ids: Vec<MemberId> },
    /// Members were added to an existing group.
    ParticipantsAdded {
        conversation_id: ConversationId,
        member_ids: Vec<MemberId>,
    },
    /// A member left a group, or was removed.
    ParticipantRemoved {
        conversation_id: ConversationId,
        member_id: MemberId,
    },
}

impl ChatEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ConversationStarted { .. } => "conversation_started",
            Self::MessageSent { .. } => "message_sent",
            Self::MessageChanged { .. } => "message_changed",
            Self::ConversationRead { .. } => "conversation_read",
            Self::ParticipantsChanged { .. } => "seat_changed",
            Self::ParticipantsAdded { .. } => "participants_added",
            Self::ParticipantRemoved { .. } => "participant_removed",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        match self {
            Self::ConversationStarted {
                conversation_id,
                member_ids,
            }
            | Self::MessageSent {
                conversation_id,
                member_ids,
                ..
            }
            | Self::MessageChanged {
                conversation_id,
                member_ids,
                ..
            }
            | Self::ConversationRead {
                conversation_id,
                member_ids,
            }
            | Self::ParticipantsAdded {
                conversation_id,
                member_ids,
            } => {
                let mut topics = Topic::of_members(member_ids);
                topics.push(Topic::Conversation(*conversation_id));
                topics
            }
            Self::ParticipantsChanged { member_ids } => Topic::of_members(member_ids),
            // The removed members' rights first: the following rings are for those who stay.
            Self::ParticipantRemoved {
                conversation_id,
                member_id,
            } => vec![
                Topic::Rights(*member_id),
                Topic::Conversation(*conversation_id),
                Topic::Member(*member_id),
            ],
        }
    }
}
