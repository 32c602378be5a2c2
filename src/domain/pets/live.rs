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
    use sea_orm::{
        ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryFilter, QueryTrait, Statement,
        sea_query::IntoCondition,
    };

    use super::*;
    use crate::{
        domain::pets::{reports::with_any_chip, store::visible_to},
        kernel::Viewer,
    };

    async fn empty() -> DatabaseConnection {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        db
    }

    /// With a thousand reports of which only the necessary columns are set, and statistics on them.
    async fn mostly_null() -> DatabaseConnection {
        let db = empty().await;
        let necessary =
            "SELECT name FROM pragma_table_info('pets') WHERE \"notnull\" AND dflt_value IS NULL AND name <> 'id'";
        let necessary = Statement::from_string(DbBackend::Sqlite, necessary);
        let rows = db.query_all_raw(necessary).await.unwrap();
        let columns: Vec<String> = rows.iter().map(|row| row.try_get("", "name").unwrap()).collect();
        let (names, zeros) = (columns.join(", "), vec!["0"; columns.len()].join(", "));
        let fill = format!(
            "PRAGMA foreign_keys = OFF; \
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) \
             INSERT INTO pets (id, {names}) SELECT randomblob(16), {zeros} FROM n; ANALYZE;"
        );
        db.execute_unprepared(&fill).await.unwrap();
        db
    }

    /// SQLite's query plan for these open reports.
    async fn plan(db: &DatabaseConnection, few: impl IntoCondition) -> Vec<String> {
        let select = visible_to(&Viewer::Visitor).filter(live_of_few()).filter(few);
        let mut explain = select.build(DbBackend::Sqlite);
        explain.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = db.query_all_raw(explain).await.unwrap();
        plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect()
    }

    #[tokio::test]
    async fn open_reports_are_looked_up_by_their_ids_however_little_is_known_of_the_table() {
        let ids = (0..64).map(|id| entity::id::PetId(uuid::Uuid::from_u128(id)));
        let plan = plan(&empty().await, pet::COLUMN.id.is_in(ids)).await;
        assert_eq!(plan, ["SEARCH pets USING INDEX sqlite_autoindex_pets_1 (id=?)"]);
    }

    #[tokio::test]
    async fn open_reports_of_shelters_without_place_are_looked_up_in_an_index_of_them() {
        let of_shelter = pet::COLUMN.shelter_id.eq(entity::id::ShelterId(uuid::Uuid::nil()));
        let plan = plan(&empty().await, of_shelters_without_place().and(of_shelter)).await;
        assert_eq!(plan, ["SEARCH pets USING INDEX ix_pets_unplaced (shelter_id=?)"]);
    }

    #[tokio::test]
    async fn open_reports_are_looked_up_by_their_chips_whatever_is_known_of_the_table() {
        for db in [empty().await, mostly_null().await] {
            let plan = plan(&db, with_any_chip(&["985112001234567".to_owned()])).await;
            for index in ["ix_pets_with_microchip", "ix_pets_with_second_microchip"] {
                assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
            }
        }
    }
}
