//! Step 11: saved searches and search history.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        saved_searches(manager).await?;
        search_cells(manager).await?;
        search_hits(manager).await?;
        search_history(manager).await?;
        search_history_opt_outs(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn saved_searches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("saved_searches")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(text("name"))
        .col(text("notify"))
        .col(text("filter"))
        .col(uuid("seen_to"))
        .col(uuid("digested_to"))
        .col(big_integer_null("next_digest_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("saved_searches", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "saved_searches", &["member_id"]).await?;
    index(manager, "saved_searches", &["next_digest_at", "id"]).await?;
    Ok(())
}

async fn search_cells(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("search_cells")
        .col(uuid("search_id"))
        .col(big_integer("cell"))
        .col(integer("kinds"))
        .col(integer("species"))
        .primary_key(Index::create().col("search_id").col("cell"))
        .foreign_key(&mut foreign_key("search_cells", "search_id", "saved_searches"));
    manager.create_table(table).await?;
    // Holds every column that a new report's query needs, so that the rows themselves are not read.
    index(manager, "search_cells", &["cell", "search_id", "kinds", "species"]).await?;
    Ok(())
}

async fn search_hits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("search_hits")
        .col(uuid("search_id"))
        .col(uuid("pet_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("search_id").col("pet_id"))
        .foreign_key(&mut foreign_key("search_hits", "search_id", "saved_searches"))
        .foreign_key(&mut foreign_key("search_hits", "pet_id", "pets"));
    manager.create_table(table).await?;
    Ok(())
}

async fn search_history(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("search_history")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(text("fingerprint"))
        .col(text("filter"))
        .col(integer("times_searched"))
        .col(big_integer("searched_at"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("search_history", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "search_history", &["member_id", "fingerprint"]).await?;
    index(manager, "search_history", &["member_id", "searched_at"]).await?;
    Ok(())
}

async fn search_history_opt_outs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("search_history_opt_outs")
        .col(uuid("member_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("search_history_opt_outs", "member_id", "members"));
    manager.create_table(table).await?;
    Ok(())
}
