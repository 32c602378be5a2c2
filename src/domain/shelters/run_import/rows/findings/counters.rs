//! Counts the results of the rows in a batch.

use entity::{id::ImportId, import};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{deps::Tx, kernel::Result};

/// Number of rows with each result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::domain::shelters::run_import::rows) struct Counters {
    pub(in crate::domain::shelters::run_import::rows) created: i32,
    pub(in crate::domain::shelters::run_import::rows) updated: i32,
    pub(in crate::domain::shelters::run_import::rows) unchanged: i32,
    pub(in crate::domain::shelters::run_import::rows) earlier_stays: i32,
    pub(in crate::domain::shelters::run_import::rows) failed: i32,
    pub(in crate::domain::shelters::run_import::rows) warned: i32,
}

impl Counters {
    /// Adds the counts of another batch.
    pub(in crate::domain::shelters::run_import::rows) fn sum(&mut self, other: &Self) {
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.earlier_stays += other.earlier_stays;
        self.failed += other.failed;
        self.warned += other.warned;
    }

    /// Adds the counts to those of the import.
    pub(in crate::domain::shelters::run_import::rows) async fn add(self, tx: &Tx, id: ImportId) -> Result<()> {
        let Self {
            created,
            updated,
            unchanged,
            earlier_stays,
            failed,
            warned,
        } = self;
        let counts = [
            (import::Column::Created, created),
            (import::Column::Updated, updated),
            (import::Column::Unchanged, unchanged),
            (import::Column::EarlierStays, earlier_stays),
            (import::Column::Failed, failed),
            (import::Column::Warned, warned),
        ];
        let start = import::Entity::update_many().filter(import::COLUMN.id.eq(id));
        let update = counts.into_iter().fold(start, |update, (column, count)| {
            update.col_expr(column, Expr::col(column).add(count))
        });
        update.exec(tx).await?;
        Ok(())
    }
}
