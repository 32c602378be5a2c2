//! Blocks and unblocks another member.

use entity::{id::MemberId, member};

use super::store;
use crate::{
    deps::{Deps, next_numbers, ring_presence},
    domain::{accounts, safety},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Blocks a member, or removes the block; idempotent. Once it returns, no message between the two is in progress: it
/// waits for messages already being sent, and later ones are refused.
pub async fn block_member(deps: &Deps, viewer: &Viewer, other: MemberId, block: bool) -> Result<member::Model> {
    let me = viewer.require_member()?;
    if other == me {
        let message = "you cannot block yourself";
        return Err(Error::field("memberId", FieldCode::NotAllowed, message));
    }
    let member = accounts::member_by_id(deps.db.read(), other).await.at("memberId")?;
    deps.write(async |tx| {
        // The pair is locked first: a conversation being opened at this moment then either exists and can be locked, or
        // has not been started.
        next_numbers(tx, &pair(me, other), 1).await?;
        store::lock_direct_between(tx, me, other).await?;
        safety::set_block(tx, me, other, block).await
    })
    .await?;
    ring_presence(deps, &[me, other])?;
    Ok(member)
}

/// Name of the stream whose row is locked while the first conversation of two members is opened, or while one blocks
/// the other. Existing conversations are locked through their own rows.
pub(super) fn pair(one: MemberId, other: MemberId) -> String {
    format!("pair:{}:{}", one.min(other), one.max(other))
}
