//! Groups: titles, members and admins.
//!
//! The member who starts a group runs it: they can rename it and add and remove members. If the last member who runs it
//! leaves, the longest-standing member takes over. Everybody may leave.

use std::collections::BTreeSet;

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    participant,
    vocabulary::ConversationKind,
};
use sea_orm::{ConnectionTrait, EntityTrait, sea_query::Expr};

use crate::{
    deps::Tx,
    domain::{
        accounts,
        chat::{blocked::blocked_error, participants::change_participant, store},
        safety,
    },
    kernel::{AtField, Error, FieldCode, FieldError, Result, Viewer, text},
};

/// Maximum number of members in a group.
pub const MOST_MEMBERS: usize = 50;
/// Maximum length of a title in characters.
const MAX_TITLE: usize = 80;

/// Cleans and checks a title. Every title passes through here before it is stored.
pub(super) fn title(raw: &str) -> Result<String> {
    text::line("title", raw, MAX_TITLE).map_err(|fault| Error::Invalid(vec![fault]))
}

/// Refuses a group with more members than allowed.
pub(super) fn check_size(members: usize) -> Result<()> {
    if MOST_MEMBERS < members {
        let message = format!("{members} members; a group has at most {MOST_MEMBERS}: leave some of them out");
        return Err(Error::field("memberIds", FieldCode::TooMany, message));
    }
    Ok(())
}

/// The members to bring into a group, without the caller and without repetition, sorted. Everybody who is added to a
/// group by somebody else is checked here.
pub(super) async fn wanted(db: &impl ConnectionTrait, me: MemberId, ids: &[MemberId]) -> Result<BTreeSet<MemberId>> {
    let others: BTreeSet<MemberId> = ids.iter().copied().filter(|id| *id != me).collect();
    if others.is_empty() {
        let message = "memberIds names nobody but yourself: name at least one other member";
        return Err(Error::field("memberIds", FieldCode::Required, message));
    }
    check_size(others.len() + 1)?;
    let distinct: Vec<MemberId> = others.iter().copied().collect();
    let known = accounts::members_by_ids(db, &distinct).await?;
    for (place, id) in ids.iter().enumerate().filter(|(_, id)| **id != me) {
        let (code, message) = match known.iter().find(|member| member.id == *id) {
            Some(member) if member.deleted_at.is_none() => continue,
            Some(_) => (
                FieldCode::NotAllowed,
                format!("memberIds: the member at index {place} has deleted their account"),
            ),
            None => (
                FieldCode::NotFound,
                format!("memberIds: there is no member with the id at index {place}"),
            ),
        };
        return Err(Error::Invalid(vec![FieldError {
            path: vec!["memberIds".to_owned(), place.to_string()],
            code,
            message,
        }]));
    }
    Ok(others)
}

/// Refuses to add a member who has blocked the caller or was blocked by the caller.
pub(super) async fn refuse_blocked(db: &impl ConnectionTrait, me: MemberId, others: &BTreeSet<MemberId>) -> Result<()> {
    let others: Vec<MemberId> = others.iter().copied().collect();
    match safety::blocked_either_way(db, me, &others).await?.is_empty() {
        true => Ok(()),
        false => Err(blocked_error("memberIds")),
    }
}

/// A group in which the viewer takes part, locked until the transaction ends.
pub(super) async fn group_for_update(tx: &Tx, viewer: &Viewer, id: ConversationId) -> Result<conversation::Model> {
    only_group(store::find_for_update(tx, viewer, id).await.at("conversationId")?)
}

/// Refuses conversations that are not groups.
pub(super) fn only_group(found: conversation::Model) -> Result<conversation::Model> {
    if found.kind == ConversationKind::Group {
        return Ok(found);
    }
    let message = "this conversation is not a group, and its members cannot change: archive or mute it instead";
    Err(Error::field("conversationId", FieldCode::NotAllowed, message))
}

/// Like [`group_for_update`], but only for a viewer who runs the group.
pub(super) async fn own_group_for_update(tx: &Tx, viewer: &Viewer, id: ConversationId) -> Result<conversation::Model> {
    let group = group_for_update(tx, viewer, id).await?;
    let participant = participant::Entity::find_by_id((id, viewer.require_member()?))
        .one(tx)
        .await?;
    if participant.is_some_and(|participant| participant.is_admin) {
        return Ok(group);
    }
    Err(Error::Forbidden(
        "only admins of the group can rename it, add members and remove them".into(),
    ))
}

/// Makes the longest-standing member run the group if nobody does.
pub(super) async fn keep_run(tx: &Tx, id: ConversationId) -> Result<()> {
    let participants = store::participants_of(tx, &[id]).await?;
    match participants.first() {
        Some(longest) if participants.iter().all(|participant| !participant.is_admin) => {
            let_run(tx, id, longest.member_id).await
        }
        _ => Ok(()),
    }
}

/// Makes a member run the group.
pub(super) async fn let_run(tx: &Tx, id: ConversationId, member: MemberId) -> Result<()> {
    change_participant(id, member)
        .col_expr(participant::Column::IsAdmin, Expr::value(true))
        .exec(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_1_to_80_characters_on_one_line() {
        assert_eq!(title(" Search\nparty ").unwrap(), "Search party");
        assert!(title(&"é".repeat(80)).is_ok());
        for wrong in [String::new(), " \u{200b}".to_owned(), "é".repeat(81)] {
            assert!(title(&wrong).is_err(), "{wrong:?}");
        }
    }
}
