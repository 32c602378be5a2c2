//! Step 35: how many reports there are around the lost one of a match.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut matches = Table::alter();
        matches
            .table("matches")
            .add_column(integer("surroundings").default(0).take());
        manager.alter_table(matches).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
