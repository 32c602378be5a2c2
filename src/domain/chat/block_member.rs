//! Ends everything between two members, or lets it begin again.

use entity::{id::MemberId, member};

use super::store;
use crate::{
    deps::{Deps, next_numbers, ring_presence},
    domain::{accounts, safety},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Blocks a member, or ends the block; twice is once. When it returns, no message between the two is under way any
/// more: it waits for those that have begun, and those that begin later are refused.
pub async fn block_member(deps: &Deps, viewer: &Viewer, other: MemberId, block: bool) -> Result<member::Model> {
    let me = viewer.require_member()?;
    if other == me {
        let message = "you cannot block yourself";
        return Err(Error::field("memberId", FieldCode::NotAllowed, message));
    }
    let member = accounts::member_by_id(deps.db.read(), other).await.at("memberId")?;
    deps.write(async |tx| {
        // The pair first: a conversation that somebody opens just now is then either there to be locked, or not begun.
        next_numbers(tx, &pair(me, other), 1).await?;
        store::lock_direct_between(tx, me, other).await?;
        safety::set_block(tx, me, other, block).await
    })
    .await?;
    ring_presence(deps, &[me, other])?;
    Ok(member)
}

/// The stream whose row is locked while two members get their first conversation, or are kept apart. A conversation
/// that there is already is locked itself.
pub(super) fn pair(one: MemberId, other: MemberId) -> String {
    format!("pair:{}:{}", one.min(other), one.max(other))
}
