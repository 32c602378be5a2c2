//! Every look at single reports. Each starts from [`visible_to`].

use entity::{
    favorite,
    id::{MemberId, PetId},
    pet,
    vocabulary::PetStatus,
};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

use super::policy::seen_by;
use crate::kernel::{Error, Result, Viewer};

/// Rows of one question: a page of a list at once, but never all that an import brings, since a row is several kilobytes
/// on its way.
const READ_AT_ONCE: usize = 128;

/// The one door to the table: reports that this viewer may know of. What is private of them is withheld column by column,
/// see [`super::policy`]. What is the same for everybody is asked for as [`Viewer::Visitor`].
pub fn visible_to(viewer: &Viewer) -> Select<pet::Entity> {
    pet::Entity::find().filter(seen_by(viewer))
}

/// That a column of another table names a report that this viewer may know of.
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

/// The reports with those ids, those that the viewer may see, in no order.
pub async fn find_many(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[PetId]) -> Result<Vec<pet::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(READ_AT_ONCE) {
        let some = visible_to(viewer).filter(pet::COLUMN.id.is_in(ids.iter().copied()));
        found.extend(some.all(db).await?);
    }
    Ok(found)
}

/// Which of these reports a member keeps an eye on.
pub async fn favorites_among(db: &impl ConnectionTrait, member: MemberId, ids: &[PetId]) -> Result<Vec<PetId>> {
    let favorites = favorite::Entity::find()
        .select_only()
        .column(favorite::Column::PetId)
        .filter(favorite::COLUMN.member_id.eq(member))
        .filter(favorite::COLUMN.pet_id.is_in(ids.iter().copied()));
    Ok(favorites.into_tuple().all(db).await?)
}

/// That a report is open, as a condition beside one that few reports meet, such as a list of ids or chips. No index answers
/// it: with its indexes of open reports SQLite reads all of those instead of the few, as long as it does not know how many
/// are open.
pub fn is_open_of_few() -> SimpleExpr {
    let status = Func::coalesce([Expr::col(pet::Column::Status), Expr::val("")]);
    Expr::expr(status).is_in([PetStatus::Open, PetStatus::Matched].map(|open| open.to_value()))
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
pub(super) async fn find_for_update(db: &impl ConnectionTrait, viewer: &Viewer, id: PetId) -> Result<pet::Model> {
    let found = visible_to(viewer).filter(pet::COLUMN.id.eq(id)).lock_exclusive();
    found.one(db).await?.ok_or(Error::NotFound("pet"))
}

#[cfg(test)]
mod tests {
    use migration::{Migrator, MigratorTrait};
    use sea_orm::{Database, DbBackend, sea_query::IntoCondition};

    use super::{super::chips::with_any_chip, *};

    /// How SQLite reads these open reports while it knows nothing of the table.
    async fn plan(few: impl IntoCondition) -> Vec<String> {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let select = pet::Entity::find().filter(is_open_of_few()).filter(few);
        let mut explain = select.build(DbBackend::Sqlite);
        explain.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = db.query_all_raw(explain).await.unwrap();
        plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect()
    }

    #[tokio::test]
    async fn open_reports_are_looked_up_by_their_ids_however_little_is_known_of_the_table() {
        let ids = (0..64).map(|id| PetId(uuid::Uuid::from_u128(id)));
        let plan = plan(pet::COLUMN.id.is_in(ids)).await;
        assert_eq!(plan, ["SEARCH pets USING INDEX sqlite_autoindex_pets_1 (id=?)"]);
    }

    #[tokio::test]
    async fn open_reports_are_looked_up_by_their_chips_however_little_is_known_of_the_table() {
        let plan = plan(with_any_chip(&["985112001234567".to_owned()])).await;
        assert!(plan.iter().any(|step| step.contains("ix_pets_microchip")), "{plan:?}");
        assert!(
            plan.iter().any(|step| step.contains("ix_pets_second_microchip")),
            "{plan:?}"
        );
    }
}
