//! Step 10: geocoding: cached answers, the service's rate limit, places still to be looked up.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        place_answers(manager).await?;
        place_services(manager).await?;
        place_lookups(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn place_answers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("place_answers")
        .col(text("key"))
        .col(text("answer"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("key"));
    manager.create_table(table).await?;
    index(manager, "place_answers", &["expires_at"]).await?;
    Ok(())
}

async fn place_services(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("place_services")
        .col(text("name"))
        .col(big_integer("next_at"))
        .col(big_integer("paused_until"))
        .col(integer("failures"))
        .primary_key(Index::create().col("name"));
    manager.create_table(table).await?;
    Ok(())
}

async fn place_lookups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("place_lookups")
        .col(text("subject"))
        .col(integer("attempts"))
        .col(big_integer_null("asked_at"))
        .col(big_integer_null("next_at"))
        .primary_key(Index::create().col("subject"));
    manager.create_table(table).await?;
    index(manager, "place_lookups", &["next_at", "subject"]).await?;
    Ok(())
}
