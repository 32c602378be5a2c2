//! What the markers of reading and of delivery have in common.

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::ConversationKind,
};

use super::store;
use crate::{
    deps::Tx,
    kernel::{Error, FieldCode, Result},
};

/// How far something has come in a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Marker {
    /// Where.
    pub conversation_id: ConversationId,
    /// Number of the last message.
    pub up_to: i64,
}

impl Marker {
    /// Refuses a number that no message of the conversation has.
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

/// Whose updates tell of a marker of the member that moved, sorted: the member's own devices, and in a direct
/// conversation the other side if it may see it. In larger rounds that would be a change for everybody each time that
/// anybody looks; there the others see it when they look themselves.
pub(super) async fn witnesses(
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
