//! What a block means for a conversation.

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

/// Refuses to say or change anything in a direct conversation of two of whom one has blocked the other; both are told
/// the same. Groups and inboxes of shelters go on.
pub(super) async fn refuse_blocked(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    me: MemberId,
    field: &'static str,
) -> Result<()> {
    match is_blocked(db, conversation, me).await? {
        true => Err(apart(field)),
        false => Ok(()),
    }
}

/// Whether it is a direct conversation of two of whom one has blocked the other.
pub(super) async fn is_blocked(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    me: MemberId,
) -> Result<bool> {
    if conversation.kind != ConversationKind::Direct {
        return Ok(false);
    }
    match store::other_member(db, conversation, me).await? {
        Some(other) => safety::are_apart(db, me, other).await,
        None => Ok(false),
    }
}

/// Which of a member's direct conversations are between two of whom one has blocked the other.
pub async fn silenced_among(
    db: &impl ConnectionTrait,
    me: MemberId,
    directs: &[ConversationId],
) -> Result<HashSet<ConversationId>> {
    let mut others = store::participants_of(db, directs).await?;
    others.retain(|seat| seat.member_id != me);
    let members: Vec<MemberId> = others.iter().map(|seat| seat.member_id).collect();
    let apart = safety::kept_apart_from(db, me, &members).await?;
    others.retain(|seat| apart.contains(&seat.member_id));
    Ok(others.into_iter().map(|seat| seat.conversation_id).collect())
}

/// The same as [`refuse_blocked`], by somebody who knows who takes part.
pub(super) async fn refuse_blocked_among(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    (me, members): (MemberId, &[MemberId]),
    field: &'static str,
) -> Result<()> {
    let other = members.iter().find(|member| **member != me);
    match other.filter(|_| conversation.kind == ConversationKind::Direct) {
        Some(other) if safety::are_apart(db, me, *other).await? => Err(apart(field)),
        _ => Ok(()),
    }
}

/// The refusal, which does not say who has blocked whom.
pub(super) fn apart(field: &'static str) -> Error {
    let message = "you and this member cannot write to each other";
    Error::field(field, FieldCode::NotAllowed, message)
}
