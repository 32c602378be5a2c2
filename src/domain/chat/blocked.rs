//! The effect of a block on conversations.

use std::collections::{HashMap, HashSet};

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::ConversationKind,
};
use sea_orm::ConnectionTrait;

use super::{gone::gone_among, store};
use crate::{
    domain::safety,
    kernel::{Error, FieldCode, Result, Viewer},
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

/// The subset of these conversations in which the viewer cannot write: direct ones in which one side has blocked the other,
/// and those whose only other person has deleted their account.
pub async fn silenced_among(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ConversationId],
) -> Result<HashSet<ConversationId>> {
    let me = viewer.require_member()?;
    let mut members: HashMap<ConversationId, Vec<MemberId>> = HashMap::new();
    for row in store::participants_of(db, ids).await? {
        members.entry(row.conversation_id).or_default().push(row.member_id);
    }
    let mut others = Vec::new();
    for conversation in store::find_many(db, viewer, ids).await? {
        let present = members.get(&conversation.id).map(Vec::as_slice).unwrap_or_default();
        if let Some(other) = store::other_among(&conversation, me, present) {
            others.push((conversation, other));
        }
    }
    let distinct: Vec<MemberId> = others.iter().map(|(_, other)| *other).collect();
    let blocked = safety::blocked_either_way(db, me, &distinct).await?;
    let gone = gone_among(db, &distinct).await?;
    others.retain(|(conversation, other)| {
        gone.contains(other) || (conversation.kind == ConversationKind::Direct && blocked.contains(other))
    });
    Ok(others.into_iter().map(|(conversation, _)| conversation.id).collect())
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
