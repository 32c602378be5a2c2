//! The effect of a block on conversations.

use std::collections::HashSet;

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::ConversationKind,
};
use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    domain::safety,
    kernel::{Error, FieldCode, Result},
};

/// Refuses messages and changes in a direct conversation if either member has blocked the other; both get the same
/// error. Groups and shelter inboxes are not affected.
pub(super) async fn refuse_blocked(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    me: MemberId,
    field: &'static str,
) -> Result<()> {
    match is_blocked(db, conversation, me).await? {
        true => Err(blocked_error(field)),
        false => Ok(()),
    }
}

/// Whether this is a direct conversation between two members of whom one has blocked the other.
pub(super) async fn is_blocked(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    me: MemberId,
) -> Result<bool> {
    if conversation.kind != ConversationKind::Direct {
        return Ok(false);
    }
    match store::other_member(db, conversation, me).await? {
        Some(other) => safety::either_has_blocked(db, me, other).await,
        None => Ok(false),
    }
}

/// The subset of the member's direct conversations in which one side has blocked the other.
pub async fn silenced_among(
    db: &impl ConnectionTrait,
    me: MemberId,
    directs: &[ConversationId],
) -> Result<HashSet<ConversationId>> {
    let mut others = store::participants_of(db, directs).await?;
    others.retain(|participant| participant.member_id != me);
    let members: Vec<MemberId> = others.iter().map(|participant| participant.member_id).collect();
    let blocked = safety::blocked_either_way(db, me, &members).await?;
    others.retain(|participant| blocked.contains(&participant.member_id));
    Ok(others
        .into_iter()
        .map(|participant| participant.conversation_id)
        .collect())
}

/// Like [`refuse_blocked`], for callers that already know the participants.
pub(super) async fn refuse_blocked_among(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    (me, members): (MemberId, &[MemberId]),
    field: &'static str,
) -> Result<()> {
    let other = members.iter().find(|member| **member != me);
    match other.filter(|_| conversation.kind == ConversationKind::Direct) {
        Some(other) if safety::either_has_blocked(db, me, *other).await? => Err(blocked_error(field)),
        _ => Ok(()),
    }
}

/// The error for blocked members. It does not say who blocked whom.
pub(super) fn blocked_error(field: &'static str) -> Error {
    let message = "you and this member cannot write to each other";
    Error::field(field, FieldCode::NotAllowed, message)
}
