//! Queries for last-seen times and hidden presence.

use std::collections::HashMap;

use entity::{Timestamp, id::MemberId, last_seen, member, presence_hiding};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};

use crate::{
    deps::{Direction, Keyset},
    domain::accounts,
    kernel::{
        Result,
        page::{KeyValue, Page, Slice},
    },
};

/// When the members were last online; members who never were are missing.
pub(super) async fn last_seen(db: &impl ConnectionTrait, members: &[MemberId]) -> Result<HashMap<MemberId, Timestamp>> {
    let rows = last_seen::Entity::find().filter(last_seen::COLUMN.member_id.is_in(members.iter().copied()));
    Ok(rows
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.member_id, row.seen_at))
        .collect())
}

fn hidings_of(me: MemberId) -> Select<presence_hiding::Entity> {
    presence_hiding::Entity::find().filter(presence_hiding::COLUMN.member_id.eq(me))
}

/// Members from whom a member hides their online status, ordered by id.
pub async fn hidden_from(db: &impl ConnectionTrait, me: MemberId, page: &Page) -> Result<Slice<member::Model>> {
    let order = Keyset {
        list: "presence-hidden-from",
        columns: vec![presence_hiding::Column::HiddenFrom.into_expr()],
        direction: Direction::Ascending,
    };
    let key = |row: &presence_hiding::Model| vec![KeyValue::Id(row.hidden_from.0)];
    let hidings = order.page(db, hidings_of(me), page, key).await?;
    let ids: Vec<MemberId> = hidings.items.iter().map(|(_, row)| row.hidden_from).collect();
    let found = accounts::members_by_ids(db, &ids).await?;
    let mut members: HashMap<MemberId, member::Model> = found.into_iter().map(|member| (member.id, member)).collect();
    let known = |(cursor, row): (String, presence_hiding::Model)| Some((cursor, members.remove(&row.hidden_from)?));
    Ok(Slice {
        items: hidings.items.into_iter().filter_map(known).collect(),
        has_next: hidings.has_next,
        has_previous: hidings.has_previous,
    })
}

/// Number of those members.
pub async fn count_hidden_from(db: &impl ConnectionTrait, me: MemberId) -> Result<u64> {
    Ok(hidings_of(me).count(db).await?)
}
