//! Step 53: what became of adopted animals, and when shelters are asked about them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::foreign_key;

/// For animals that come back to another shelter.
const CHIPPED: &str =
    "CREATE INDEX ix_shelter_animals_microchip ON shelter_animals (microchip) WHERE microchip IS NOT NULL";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut checks = Table::create();
        checks
            .table("adoption_checks")
            .col(uuid("stay_id"))
            .col(integer("months"))
            .col(text("outcome"))
            .col(text_null("note"))
            .col(text("recorded_by"))
            .col(big_integer("recorded_at"))
            .primary_key(Index::create().col("stay_id").col("months"))
            .foreign_key(&mut foreign_key("adoption_checks", "stay_id", "stays"));
        manager.create_table(checks).await?;
        let mut asks = Table::create();
        asks.table("adoption_asks")
            .col(uuid("shelter_id"))
            .col(big_integer_null("asked_at"))
            .col(big_integer("next_at"))
            .primary_key(Index::create().col("shelter_id"))
            .foreign_key(&mut foreign_key("adoption_asks", "shelter_id", "shelters"));
        manager.create_table(asks).await?;
        manager.get_connection().execute_unprepared(CHIPPED).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
