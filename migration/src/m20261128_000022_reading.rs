//! Step 22: settings for reading dates in a file: the shelter's time zone and the order of day and month.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("shelters", "time_zone"), ("imports", "date_order")] {
            let mut change = Table::alter();
            change.table(table).add_column(string_len_null(column, 64));
            manager.alter_table(change).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
