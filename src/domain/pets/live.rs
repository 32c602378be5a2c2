//! Which reports are still open. The list of statuses is defined once, for rows in memory and for the tables.

use entity::{pet, vocabulary::PetStatus};
use sea_orm::{
    ActiveEnum, ColumnTrait,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

/// The statuses of a report that is still open.
pub const LIVE: [PetStatus; 2] = [PetStatus::Open, PetStatus::Matched];

/// Whether the search for this animal, or for its people, is still going on.
pub fn is_live(status: PetStatus) -> bool {
    LIVE.contains(&status)
}

/// Rows for which [`is_live`] is true.
pub fn live() -> SimpleExpr {
    pet::Column::Status.is_in(LIVE)
}

/// The same, for use next to a condition that few reports meet, such as a list of ids or chips. It is written so that
/// no index applies: as long as SQLite has no statistics on how many reports are open, it would use an index of open
/// reports and read all of those instead of the few.
pub fn live_of_few() -> SimpleExpr {
    let status = Func::coalesce([Expr::col(pet::Column::Status), Expr::val("")]);
    Expr::expr(status).is_in(LIVE.map(|status| status.to_value()))
}

/// The same for hand-written SQL, on the given status column.
pub fn live_in_sql(column: &str) -> String {
    let words = LIVE.map(|status| format!("'{}'", status.to_value()));
    format!("{column} IN ({})", words.join(", "))
}

/// Reports of shelters whose places are not understood. Few are, and an index has just these; the databases only see that it
/// applies if the values are in the statement.
pub fn of_shelters_without_place() -> SimpleExpr {
    Expr::cust("pets.precision = 'unresolved' AND pets.shelter_id IS NOT NULL")
}

#[cfg(test)]
mod tests {
    use migration::{Migrator, MigratorTrait};
    use sea_orm::{ConnectionTrait, Database, DbBackend, QueryFilter, QueryTrait, sea_query::IntoCondition};

    use super::*;
    use crate::{
        domain::pets::{reports::with_any_chip, store::visible_to},
        kernel::Viewer,
    };

    /// SQLite's query plan for these open reports, without statistics on the table.
    async fn plan(few: impl IntoCondition) -> Vec<String> {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let select = visible_to(&Viewer::Visitor).filter(live_of_few()).filter(few);
        let mut explain = select.build(DbBackend::Sqlite);
        explain.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = db.query_all_raw(explain).await.unwrap();
        plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect()
    }

    #[tokio::test]
    async fn open_reports_are_looked_up_by_their_ids_however_little_is_known_of_the_table() {
        let ids = (0..64).map(|id| entity::id::PetId(uuid::Uuid::from_u128(id)));
        let plan = plan(pet::COLUMN.id.is_in(ids)).await;
        assert_eq!(plan, ["SEARCH pets USING INDEX sqlite_autoindex_pets_1 (id=?)"]);
    }

    #[tokio::test]
    async fn open_reports_of_shelters_without_place_are_looked_up_in_an_index_of_them() {
        let of_shelter = pet::COLUMN.shelter_id.eq(entity::id::ShelterId(uuid::Uuid::nil()));
        let plan = plan(of_shelters_without_place().and(of_shelter)).await;
        assert_eq!(plan, ["SEARCH pets USING INDEX ix_pets_unplaced (shelter_id=?)"]);
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
