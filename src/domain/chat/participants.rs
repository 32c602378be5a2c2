//! Seats in a conversation: who gets one, and how a change reaches those who hold one.

use std::collections::HashSet;

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    participant,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    deps::{Tx, next_numbers},
    domain::staff,
    kernel::Result,
};

/// Seats members who have none yet; what was said before counts as read.
pub(super) async fn seat(tx: &Tx, conversation: &conversation::Model, members: &[MemberId]) -> Result<()> {
    let rows = members.iter().map(|member| participant::ActiveModel {
        conversation_id: Set(conversation.id),
        member_id: Set(*member),
        read_up_to: Set(conversation.last_sequence),
        unread_count: Set(0),
        archived: Set(false),
        muted: Set(false),
        activity: Set(0),
        joined_at: Set(tx.now()),
    });
    if members.is_empty() {
        return Ok(());
    }
    participant::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Seats everybody who works for the shelter of an inbox now, and takes the seats of those who do not any more.
pub(super) async fn seat_staff(tx: &Tx, conversation: &conversation::Model) -> Result<()> {
    let Some(shelter) = conversation.shelter_id else {
        return Ok(());
    };
    let mut staying: Vec<MemberId> = staff::staff_of(tx, shelter)
        .await?
        .iter()
        .map(|row| row.member_id)
        .collect();
    staying.push(conversation.created_by);
    staying.sort_unstable();
    staying.dedup();
    participant::Entity::delete_many()
        .filter(participant::COLUMN.conversation_id.eq(conversation.id))
        .filter(participant::COLUMN.member_id.is_not_in(staying.iter().copied()))
        .exec(tx)
        .await?;
    let seated: HashSet<MemberId> = participant::Entity::find()
        .filter(participant::COLUMN.conversation_id.eq(conversation.id))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| row.member_id)
        .collect();
    staying.retain(|member| !seated.contains(member));
    seat(tx, conversation, &staying).await
}

/// A message has come: it is unread for everybody but its sender, and the conversation is back in every list. A sender
/// who had read everything has read this too. The members come sorted, which keeps two transactions from waiting for
/// each other.
pub(super) async fn note_message(
    tx: &Tx,
    conversation: &conversation::Model,
    sender: MemberId,
    members: &[MemberId],
) -> Result<()> {
    let unread = || Expr::col(participant::Column::UnreadCount);
    for member in members {
        let mut change = number_activity(tx, conversation.id, *member)
            .await?
            .col_expr(participant::Column::Archived, Expr::value(false));
        if *member == sender {
            let read = Expr::case(unread().eq(0), Expr::value(conversation.last_sequence))
                .finally(Expr::col(participant::Column::ReadUpTo));
            change = change.col_expr(participant::Column::ReadUpTo, read.into());
        } else {
            change = change.col_expr(participant::Column::UnreadCount, unread().add(1));
        }
        change.exec(tx).await?;
    }
    Ok(())
}

/// The start of an update of a seat: gives the change the member's next activity number.
pub(super) async fn number_activity(
    tx: &Tx,
    conversation: ConversationId,
    member: MemberId,
) -> Result<sea_orm::UpdateMany<participant::Entity>> {
    let number = next_numbers(tx, &format!("activity:{member}"), 1).await?;
    Ok(participant::Entity::update_many()
        .col_expr(participant::Column::Activity, Expr::value(number))
        .filter(participant::COLUMN.conversation_id.eq(conversation))
        .filter(participant::COLUMN.member_id.eq(member)))
}
