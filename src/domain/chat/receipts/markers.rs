//! Shared parts of the read and delivery markers.

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::ConversationKind,
};

use crate::{
    deps::Tx,
    domain::chat::store,
    kernel::{Error, FieldCode, Result},
};

/// A new position for a marker.
#[derive(Debug, Clone, Copy)]
pub struct Marker {
    /// The conversation.
    pub conversation_id: ConversationId,
    /// Number of the last message that was read or delivered.
    pub up_to: i64,
}

impl Marker {
    /// Refuses a number that no message in the conversation has.
    pub(super) fn check(&self, conversation: &conversation::Model) -> Result<()> {
        if (0..=conversation.last_sequence).contains(&self.up_to) {
            return Ok(());
        }
        let message = format!(
            "upTo must be from 0 to {}, the last message",
            conversation.last_sequence
        );
        Err(Error::field("upTo", FieldCode::OutOfRange, message))
    }
}

/// The members to inform that a member's marker has moved, sorted: the member's own devices and, in a direct
/// conversation, the other side if it may see the marker. In larger conversations everybody would get an update
/// whenever anybody reads; there, the others see the markers when they query them.
pub(super) async fn visible_to_members(
    tx: &Tx,
    conversation: &conversation::Model,
    me: MemberId,
    is_shown: bool,
) -> Result<Vec<MemberId>> {
    if conversation.kind == ConversationKind::Direct && is_shown {
        store::member_ids(tx, conversation.id).await
    } else {
        Ok(vec![me])
    }
}
