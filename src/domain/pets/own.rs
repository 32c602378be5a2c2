//! A member's own lists: the reports that they made, and those that they keep an eye on.

use std::collections::HashMap;

use entity::{favorite, id::MemberId, pet};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select, sea_query::Expr};

use super::store::{find_many, names_visible, visible_to};
use crate::{
    deps::{Direction, Keyset},
    kernel::{
        Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// The reports that a member made, whatever their status, last reported first.
pub async fn pets_by(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    member: MemberId,
    page: &Page,
) -> Result<Slice<pet::Model>> {
    let keyset = Keyset {
        list: "own-pets",
        columns: [pet::Column::ReportedAt, pet::Column::Id]
            .map(|column| Expr::col((pet::Entity, column)))
            .to_vec(),
        direction: Direction::Descending,
    };
    let key = |pet: &pet::Model| vec![KeyValue::Int(pet.reported_at.0), KeyValue::Id(pet.id.0)];
    keyset.page(db, made_by(viewer, member), page, key).await
}

/// How many reports a member made.
pub async fn count_pets_by(db: &impl ConnectionTrait, viewer: &Viewer, member: MemberId) -> Result<u64> {
    Ok(made_by(viewer, member).count(db).await?)
}

/// The reports that a member keeps an eye on, last added first.
pub async fn favorites_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    member: MemberId,
    page: &Page,
) -> Result<Slice<pet::Model>> {
    let keyset = Keyset {
        list: "favorites",
        columns: [favorite::Column::CreatedAt, favorite::Column::PetId]
            .map(|column| Expr::col((favorite::Entity, column)))
            .to_vec(),
        direction: Direction::Descending,
    };
    let key = |row: &favorite::Model| vec![KeyValue::Int(row.created_at.0), KeyValue::Id(row.pet_id.0)];
    let found = keyset.page(db, kept_by(viewer, member), page, key).await?;
    let ids: Vec<_> = found.items.iter().map(|(_, row)| row.pet_id).collect();
    let pets = find_many(db, viewer, &ids).await?;
    let mut pets: HashMap<_, _> = pets.into_iter().map(|pet| (pet.id, pet)).collect();
    let items = found
        .items
        .into_iter()
        .filter_map(|(cursor, row)| Some((cursor, pets.remove(&row.pet_id)?)));
    Ok(Slice {
        items: items.collect(),
        has_next: found.has_next,
        has_previous: found.has_previous,
    })
}

/// How many reports a member keeps an eye on.
pub async fn count_favorites(db: &impl ConnectionTrait, viewer: &Viewer, member: MemberId) -> Result<u64> {
    Ok(kept_by(viewer, member).count(db).await?)
}

fn made_by(viewer: &Viewer, member: MemberId) -> Select<pet::Entity> {
    visible_to(viewer).filter(pet::COLUMN.reporter_id.eq(member))
}

fn kept_by(viewer: &Viewer, member: MemberId) -> Select<favorite::Entity> {
    favorite::Entity::find()
        .filter(favorite::COLUMN.member_id.eq(member))
        .filter(names_visible(viewer, favorite::Column::PetId.into_expr()))
}
