//! Members who have deleted their account: what was written with them stays, and nobody writes to them any more.

use std::collections::HashSet;

use entity::{conversation, id::MemberId};
use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    domain::accounts,
    kernel::{Error, FieldCode, Result},
};

/// Refuses messages to a single person who has deleted their account: the other member of a direct conversation, or for
/// staff the one who wrote to their shelter. Groups are not affected. `members` are those of the conversation.
pub(super) async fn refuse_gone(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    (me, members): (MemberId, &[MemberId]),
    field: &'static str,
) -> Result<()> {
    let Some(other) = store::other_among(conversation, me, members) else {
        return Ok(());
    };
    match accounts::member_by_id(db, other).await?.deleted_at {
        Some(_) => Err(gone_error(field)),
        None => Ok(()),
    }
}

/// The members among these who have deleted their account.
pub(super) async fn gone_among(db: &impl ConnectionTrait, members: &[MemberId]) -> Result<HashSet<MemberId>> {
    let members = accounts::members_by_ids(db, members).await?;
    let gone = members.into_iter().filter(|member| member.deleted_at.is_some());
    Ok(gone.map(|member| member.id).collect())
}

/// The error for whoever writes to a deleted member.
pub(super) fn gone_error(field: &'static str) -> Error {
    Error::field(field, FieldCode::NotAllowed, "this member has deleted their account")
}
