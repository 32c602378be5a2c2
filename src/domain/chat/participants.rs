//! Adds and removes participants, and numbers the changes that they have to see.

use std::collections::HashSet;

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    participant,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{CaseStatement, Expr, ExprTrait, OnConflict, SimpleExpr},
};

use super::store;
use crate::{
    deps::{Tx, next_number_of_each},
    domain::staff,
    kernel::{Error, Result},
};

/// Adds members who do not take part yet; earlier messages count as read for them.
pub(super) async fn insert_participants(
    tx: &Tx,
    conversation: &conversation::Model,
    members: &[MemberId],
) -> Result<()> {
    if members.is_empty() {
        return Ok(());
    }
    let last = conversation.last_sequence;
    let rows = members.iter().map(|member| participant::ActiveModel {
        conversation_id: Set(conversation.id),
        member_id: Set(*member),
        is_admin: Set(false),
        read_up_to: Set(last),
        shown_up_to: Set(last),
        delivered_up_to: Set(last),
        has_written: Set(false),
        unread_count: Set(0),
        archived: Set(false),
        muted: Set(false),
        activity: Set(0),
        listed_at: Set(conversation.updated_at),
        joined_at: Set(tx.now()),
    });
    participant::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The member's own participant row. Somebody who has just joined the shelter's staff has none yet and gets it now.
pub(super) async fn own_participant(
    tx: &Tx,
    conversation: &conversation::Model,
    me: MemberId,
) -> Result<participant::Model> {
    insert_participants(tx, conversation, &[me]).await?;
    participant::Entity::find_by_id((conversation.id, me))
        .one(tx)
        .await?
        .ok_or_else(|| Error::broken("a participant that was just taken is not there"))
}

/// Begins an update of one participant row.
pub(super) fn change_participant(conversation: ConversationId, member: MemberId) -> UpdateMany<participant::Entity> {
    participant::Entity::update_many()
        .filter(participant::COLUMN.conversation_id.eq(conversation))
        .filter(participant::COLUMN.member_id.eq(member))
}

/// Removes a participant.
pub(super) async fn delete_participant(tx: &Tx, conversation: ConversationId, member: MemberId) -> Result<()> {
    participant::Entity::delete_by_id((conversation, member))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds everybody who currently works for the shelter of an inbox, and removes former staff.
pub(super) async fn enrol_staff(tx: &Tx, conversation: &conversation::Model) -> Result<()> {
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
    let present: HashSet<MemberId> = participant::Entity::find()
        .filter(participant::COLUMN.conversation_id.eq(conversation.id))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| row.member_id)
        .collect();
    staying.retain(|member| !present.contains(member));
    insert_participants(tx, conversation, &staying).await
}

/// Updates all participants for a new message by a member: it is unread for everybody else and brings the conversation
/// back to every list. If the sender had read everything before, this message counts as read too.
pub(super) async fn note_message(
    tx: &Tx,
    conversation: &conversation::Model,
    sender: MemberId,
    members: &[MemberId],
) -> Result<()> {
    let unread = || Expr::col(participant::Column::UnreadCount);
    let is_sender = || Expr::col(participant::Column::MemberId).eq(sender);
    let now_unread: SimpleExpr = Expr::case(is_sender(), unread()).finally(unread().add(1)).into();
    let last = conversation.last_sequence;
    let had_read = || is_sender().and(unread().eq(0));
    let has_written = Expr::case(is_sender(), Expr::value(true)).finally(Expr::col(participant::Column::HasWritten));
    let mut change = listed(tx, conversation, members)
        .await?
        .col_expr(participant::Column::HasWritten, has_written.into())
        .col_expr(participant::Column::Archived, Expr::value(false))
        .col_expr(participant::Column::UnreadCount, now_unread)
        .col_expr(
            participant::Column::ReadUpTo,
            moved(participant::Column::ReadUpTo, had_read(), last),
        )
        .col_expr(
            participant::Column::DeliveredUpTo,
            moved(participant::Column::DeliveredUpTo, is_sender(), last),
        );
    if store::shows_reading(tx, sender).await? {
        let shown = moved(participant::Column::ShownUpTo, had_read(), last);
        change = change.col_expr(participant::Column::ShownUpTo, shown);
    }
    change.exec(tx).await?;
    Ok(())
}

/// Updates all participants for a system message, which is unread for nobody.
pub(super) async fn note_system_message(
    tx: &Tx,
    conversation: &conversation::Model,
    members: &[MemberId],
) -> Result<()> {
    listed(tx, conversation, members).await?.exec(tx).await?;
    Ok(())
}

async fn listed(
    tx: &Tx,
    conversation: &conversation::Model,
    members: &[MemberId],
) -> Result<UpdateMany<participant::Entity>> {
    let change = number_activity(tx, conversation.id, members).await?;
    Ok(change.col_expr(participant::Column::ListedAt, Expr::value(conversation.updated_at)))
}

/// Sets a column where the condition holds and leaves it elsewhere.
fn moved(column: participant::Column, condition: SimpleExpr, to: i64) -> SimpleExpr {
    Expr::case(condition, Expr::value(to)).finally(Expr::col(column)).into()
}

/// Begins an update of participant rows that gives each member their next activity number. The members have to be
/// sorted, so that two transactions cannot deadlock. The list may be empty.
pub(super) async fn number_activity(
    tx: &Tx,
    conversation: ConversationId,
    members: &[MemberId],
) -> Result<UpdateMany<participant::Entity>> {
    let streams: Vec<String> = members.iter().map(|member| format!("activity:{member}")).collect();
    let numbers = next_number_of_each(tx, &streams).await?;
    let member = || Expr::col(participant::Column::MemberId);
    let unchanged = Expr::col(participant::Column::Activity);
    let cases = members
        .iter()
        .zip(numbers)
        .fold(CaseStatement::new(), |cases, (id, number)| {
            cases.case(member().eq(*id), Expr::value(number))
        });
    let number = match members {
        [] => unchanged,
        _ => cases.finally(unchanged).into(),
    };
    Ok(participant::Entity::update_many()
        .col_expr(participant::Column::Activity, number)
        .filter(participant::COLUMN.conversation_id.eq(conversation))
        .filter(participant::COLUMN.member_id.is_in(members.iter().copied())))
}
