//! Participants. Rows of former staff may still exist; every query here leaves them out.

use std::collections::HashSet;

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    participant,
    vocabulary::ConversationKind,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{ExprTrait, SelectStatement},
};

use crate::{domain::staff, kernel::Result};

/// All access to the table starts here: both sides of a direct conversation, the members of a group, and for an inbox
/// the member who opened it and the shelter's current staff.
fn present() -> Select<participant::Entity> {
    let of = participant::Entity::belongs_to(conversation::Entity)
        .from(participant::Column::ConversationId)
        .to(conversation::Column::Id)
        .into();
    let member = || participant::Column::MemberId.into_expr();
    let works_there = staff::works_for(conversation::Column::ShelterId.into_expr(), member());
    participant::Entity::find().join(JoinType::InnerJoin, of).filter(
        Condition::any()
            .add(conversation::COLUMN.shelter_id.is_null())
            .add(member().eq(conversation::Column::CreatedBy.into_expr()))
            .add(works_there),
    )
}

/// Subquery: ids of the conversations in which a member currently takes part.
pub(super) fn seats_in(member: MemberId) -> SelectStatement {
    present()
        .filter(participant::COLUMN.member_id.eq(member))
        .select_only()
        .column(participant::Column::ConversationId)
        .into_query()
}

/// The participants of the conversations, in the order in which they joined.
pub async fn participants_of(db: &impl ConnectionTrait, ids: &[ConversationId]) -> Result<Vec<participant::Model>> {
    let rows = present()
        .filter(participant::COLUMN.conversation_id.is_in(ids.iter().copied()))
        .order_by_asc(participant::Column::JoinedAt)
        .order_by_asc(participant::Column::MemberId);
    Ok(rows.all(db).await?)
}

/// Ids of the participants of a conversation, sorted.
pub async fn member_ids(db: &impl ConnectionTrait, id: ConversationId) -> Result<Vec<MemberId>> {
    let mut ids: Vec<MemberId> = participants_of(db, &[id])
        .await?
        .iter()
        .map(|row| row.member_id)
        .collect();
    ids.sort_unstable();
    Ok(ids)
}

/// The member's own rows in these conversations, in no particular order.
pub async fn seats_of(
    db: &impl ConnectionTrait,
    member: MemberId,
    ids: &[ConversationId],
) -> Result<Vec<participant::Model>> {
    let rows = present()
        .filter(participant::COLUMN.member_id.eq(member))
        .filter(participant::COLUMN.conversation_id.is_in(ids.iter().copied()));
    Ok(rows.all(db).await?)
}

/// The pairs for which the member currently takes part in the conversation. Somebody who has just joined a shelter's
/// staff may not have a row yet.
pub async fn seats_among(
    db: &impl ConnectionTrait,
    pairs: &[(ConversationId, MemberId)],
) -> Result<HashSet<(ConversationId, MemberId)>> {
    let among = pairs.iter().fold(Condition::any(), |any, (id, member)| {
        any.add(
            Condition::all()
                .add(participant::COLUMN.conversation_id.eq(*id))
                .add(participant::COLUMN.member_id.eq(*member)),
        )
    });
    let participants = present()
        .filter(among)
        .select_only()
        .columns([participant::Column::ConversationId, participant::Column::MemberId])
        .into_tuple();
    Ok(participants.all(db).await?.into_iter().collect())
}

/// The members among these that `member` is in touch with: both have written in the same conversation, or they share a
/// group or a shelter's staff. Receiving a message without replying does not count.
pub async fn companions_among(
    db: &impl ConnectionTrait,
    member: MemberId,
    others: &[MemberId],
) -> Result<HashSet<MemberId>> {
    let shared = [
        conversation::COLUMN.kind.eq(ConversationKind::Group),
        participant::COLUMN.has_written.eq(true),
        conversation::COLUMN.kind.eq(ConversationKind::ShelterInbox).and(
            participant::Column::MemberId
                .into_expr()
                .ne(conversation::Column::CreatedBy.into_expr()),
        ),
    ];
    let in_touch = shared.into_iter().fold(Condition::any(), |any, share| {
        let own = present()
            .filter(participant::COLUMN.member_id.eq(member))
            .filter(share.clone())
            .select_only()
            .column(participant::Column::ConversationId)
            .into_query();
        any.add(share.and(participant::Column::ConversationId.into_expr().in_subquery(own)))
    });
    let found = present()
        .filter(participant::COLUMN.member_id.is_in(others.iter().copied()))
        .filter(in_touch)
        .select_only()
        .column(participant::Column::MemberId)
        .distinct()
        .into_tuple::<MemberId>();
    Ok(found.all(db).await?.into_iter().collect())
}

/// Number of messages that the member has not read in all conversations, including muted and archived ones.
pub async fn unread_total(db: &impl ConnectionTrait, member: MemberId) -> Result<i64> {
    let total = present()
        .filter(participant::COLUMN.member_id.eq(member))
        .filter(participant::COLUMN.unread_count.gt(0))
        .select_only()
        .column_as(participant::Column::UnreadCount.sum(), "total")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(total.flatten().unwrap_or(0))
}

/// The member's conversations that changed after their activity number `after`, ordered by their last change.
pub async fn changed_after(
    db: &impl ConnectionTrait,
    member: MemberId,
    activity: i64,
    limit: u64,
) -> Result<Vec<participant::Model>> {
    let rows = present()
        .filter(participant::COLUMN.member_id.eq(member))
        .filter(participant::COLUMN.activity.gt(activity))
        .order_by_asc(participant::Column::Activity)
        .limit(limit);
    Ok(rows.all(db).await?)
}

/// The activity number of the last change in any of the member's conversations; 0 if there was none.
pub async fn last_activity(db: &impl ConnectionTrait, member: MemberId) -> Result<i64> {
    let last = participant::Entity::find()
        .filter(participant::COLUMN.member_id.eq(member))
        .order_by_desc(participant::Column::Activity)
        .one(db)
        .await?;
    Ok(last.map_or(0, |row| row.activity))
}

/// The single person on the other side: the other member of a direct conversation or, for staff, the member who opened
/// the conversation with their shelter. A member who wrote to a shelter has none, and neither have members of a group.
pub async fn other_member(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    me: MemberId,
) -> Result<Option<MemberId>> {
    let members = match conversation.kind {
        ConversationKind::Direct => member_ids(db, conversation.id).await?,
        ConversationKind::ShelterInbox | ConversationKind::Group => Vec::new(),
    };
    Ok(other_among(conversation, me, &members))
}

/// Like [`other_member`], for callers that already know the participants.
pub fn other_among(conversation: &conversation::Model, me: MemberId, members: &[MemberId]) -> Option<MemberId> {
    match conversation.kind {
        ConversationKind::ShelterInbox => Some(conversation.created_by).filter(|opener| *opener != me),
        ConversationKind::Group => None,
        ConversationKind::Direct => members.iter().copied().find(|id| *id != me),
    }
}
