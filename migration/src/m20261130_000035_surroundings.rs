//! Step 35: how many reports there are around the lost one of a match, and an index of the reports of shelters whose places
//! are not understood.

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
        manager.alter_table(matches).await?;
        let unplaced = "CREATE INDEX ix_pets_unplaced ON pets (shelter_id, kind) WHERE precision = 'unresolved' AND shelter_id IS NOT NULL";
        manager.get_connection().execute_unprepared(unplaced).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
