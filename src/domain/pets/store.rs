//! Queries for single reports. All of them start from [`visible_to`].

use std::collections::{BTreeSet, HashMap};

use entity::{
    favorite,
    id::{MemberId, PetId},
    pet,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, LockType, SimpleExpr},
};

use super::{live::live_of_few, policy::seen_by};
use crate::kernel::{Error, Result, Viewer};

/// Rows per query: enough for a page of a list, but never everything an import brings, since each row takes several
/// kilobytes to transfer.
const READ_AT_ONCE: usize = 128;

/// The only access to the table: the reports that this viewer may know of. Private columns are withheld separately, see
/// [`super::policy`]. Queries with the same result for everybody use [`Viewer::Visitor`].
pub fn visible_to(viewer: &Viewer) -> Select<pet::Entity> {
    pet::Entity::find().filter(seen_by(viewer))
}

/// Condition: a column of another table refers to a report that this viewer may know of.
pub fn names_visible(viewer: &Viewer, column: SimpleExpr) -> SimpleExpr {
    let named = visible_to(viewer)
        .select_only()
        .column(pet::Column::Id)
        .filter(pet::Column::Id.into_expr().eq(column));
    Expr::exists(named.into_query())
}

/// The report with that id.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: PetId) -> Result<pet::Model> {
    let found = visible_to(viewer).filter(pet::COLUMN.id.eq(id)).one(db).await?;
    found.ok_or(Error::NotFound("pet"))
}

/// The reports with those ids that the viewer may see, in no particular order.
pub async fn find_many(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[PetId]) -> Result<Vec<pet::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(READ_AT_ONCE) {
        let some = visible_to(viewer).filter(pet::COLUMN.id.is_in(ids.iter().copied()));
        found.extend(some.all(db).await?);
    }
    Ok(found)
}

/// Locks those of these reports that are still open until the end of the transaction, in the order of their ids, and
/// returns their versions. Other tables may go on referring to them.
pub async fn lock_open(tx: &impl ConnectionTrait, ids: BTreeSet<PetId>) -> Result<HashMap<PetId, i32>> {
    let ids: Vec<PetId> = ids.into_iter().collect();
    let mut open = HashMap::new();
    for ids in ids.chunks(READ_AT_ONCE) {
        let rows = visible_to(&Viewer::System)
            .select_only()
            .columns([pet::Column::Id, pet::Column::Version])
            .filter(live_of_few())
            .filter(pet::COLUMN.id.is_in(ids.iter().copied()))
            .order_by_asc(pet::Column::Id)
            .lock(LockType::NoKeyUpdate);
        open.extend(rows.into_tuple::<(PetId, i32)>().all(tx).await?);
    }
    Ok(open)
}

/// Those of these reports that a member has marked as favourites.
pub async fn favorites_among(db: &impl ConnectionTrait, member: MemberId, ids: &[PetId]) -> Result<Vec<PetId>> {
    let favorites = favorite::Entity::find()
        .select_only()
        .column(favorite::Column::PetId)
        .filter(favorite::COLUMN.member_id.eq(member))
        .filter(favorite::COLUMN.pet_id.is_in(ids.iter().copied()));
    Ok(favorites.into_tuple().all(db).await?)
}

/// Whether a member made any of these reports.
pub async fn is_reporter_of_any(db: &impl ConnectionTrait, member: MemberId, ids: &[PetId]) -> Result<bool> {
    let own = pet::Entity::find()
        .select_only()
        .column(pet::Column::Id)
        .filter(pet::COLUMN.reporter_id.eq(member))
        .filter(pet::COLUMN.id.is_in(ids.iter().copied()))
        .limit(1);
    Ok(own.into_tuple::<PetId>().one(db).await?.is_some())
}

/// The report with that id, locked until the transaction ends where the database locks rows.
pub async fn find_for_update(db: &impl ConnectionTrait, viewer: &Viewer, id: PetId) -> Result<pet::Model> {
    let found = visible_to(viewer).filter(pet::COLUMN.id.eq(id)).lock_exclusive();
    found.one(db).await?.ok_or(Error::NotFound("pet"))
}
