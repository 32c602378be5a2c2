//! Queries for blocks and settings.

use std::collections::{HashMap, HashSet};

use entity::{block, id::MemberId, member, presence_hiding, safety_setting};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select,
    sea_query::OnConflict,
};

use crate::{
    deps::{Direction, Keyset, Tx},
    domain::accounts,
    kernel::{
        Result,
        page::{KeyValue, Page, Slice},
    },
};

/// The members who have blocked that member, or were blocked by them.
pub async fn blocked_either_way(
    db: &impl ConnectionTrait,
    me: MemberId,
    others: &[MemberId],
) -> Result<HashSet<MemberId>> {
    let blocked_by_me = Condition::all()
        .add(block::COLUMN.blocker_id.eq(me))
        .add(block::COLUMN.blocked_id.is_in(others.iter().copied()));
    let blocking_me = Condition::all()
        .add(block::COLUMN.blocked_id.eq(me))
        .add(block::COLUMN.blocker_id.is_in(others.iter().copied()));
    let rows = block::Entity::find().filter(Condition::any().add(blocked_by_me).add(blocking_me));
    let other = |row: block::Model| {
        if row.blocker_id == me {
            row.blocked_id
        } else {
            row.blocker_id
        }
    };
    Ok(rows.all(db).await?.into_iter().map(other).collect())
}

/// Whether one of the two has blocked the other.
pub async fn either_has_blocked(db: &impl ConnectionTrait, one: MemberId, other: MemberId) -> Result<bool> {
    Ok(!blocked_either_way(db, one, &[other]).await?.is_empty())
}

/// The members in the list whom the first member has blocked.
pub async fn blocked_among(db: &impl ConnectionTrait, me: MemberId, others: &[MemberId]) -> Result<HashSet<MemberId>> {
    let rows = blocked_by(me).filter(block::COLUMN.blocked_id.is_in(others.iter().copied()));
    Ok(rows.all(db).await?.into_iter().map(|row| row.blocked_id).collect())
}

fn blocked_by(me: MemberId) -> Select<block::Entity> {
    block::Entity::find().filter(block::COLUMN.blocker_id.eq(me))
}

/// Members blocked by a member, last blocked first.
pub async fn blocked_members(db: &impl ConnectionTrait, me: MemberId, page: &Page) -> Result<Slice<member::Model>> {
    let order = Keyset {
        list: "blocked-members",
        columns: vec![
            block::Column::CreatedAt.into_expr(),
            block::Column::BlockedId.into_expr(),
        ],
        direction: Direction::Descending,
    };
    let key = |row: &block::Model| vec![KeyValue::Int(row.created_at.0), KeyValue::Id(row.blocked_id.0)];
    let blocks = order.page(db, blocked_by(me), page, key).await?;
    let ids: Vec<MemberId> = blocks.items.iter().map(|(_, row)| row.blocked_id).collect();
    let found = accounts::members_by_ids(db, &ids).await?;
    let mut members: HashMap<MemberId, member::Model> = found.into_iter().map(|member| (member.id, member)).collect();
    let known = |(cursor, row): (String, block::Model)| Some((cursor, members.remove(&row.blocked_id)?));
    Ok(Slice {
        items: blocks.items.into_iter().filter_map(known).collect(),
        has_next: blocks.has_next,
        has_previous: blocks.has_previous,
    })
}

/// Number of members that a member has blocked.
pub async fn count_blocked_members(db: &impl ConnectionTrait, me: MemberId) -> Result<u64> {
    Ok(blocked_by(me).count(db).await?)
}

/// Adds or removes a block. Idempotent.
pub async fn set_block(tx: &Tx, me: MemberId, other: MemberId, block: bool) -> Result<()> {
    if !block {
        block::Entity::delete_by_id((me, other)).exec(tx).await?;
        return Ok(());
    }
    let row = block::ActiveModel {
        blocker_id: Set(me),
        blocked_id: Set(other),
        created_at: Set(tx.now()),
    };
    let twice = OnConflict::new().do_nothing().to_owned();
    block::Entity::insert(row)
        .on_conflict(twice)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The settings of the members who have changed any.
pub async fn settings_of(db: &impl ConnectionTrait, members: &[MemberId]) -> Result<Vec<safety_setting::Model>> {
    let rows = safety_setting::Entity::find().filter(safety_setting::COLUMN.member_id.is_in(members.iter().copied()));
    Ok(rows.all(db).await?)
}

/// The members in the list who hide their online status from the first member.
pub async fn hiding_from(db: &impl ConnectionTrait, me: MemberId, members: &[MemberId]) -> Result<HashSet<MemberId>> {
    let rows = presence_hiding::Entity::find()
        .filter(presence_hiding::COLUMN.hidden_from.eq(me))
        .filter(presence_hiding::COLUMN.member_id.is_in(members.iter().copied()));
    Ok(rows.all(db).await?.into_iter().map(|row| row.member_id).collect())
}
