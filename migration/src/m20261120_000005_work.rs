//! Step 5: the log, the queue, notifications.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        notifications(manager).await?;
        streams(manager).await?;
        events(manager).await?;
        cursors(manager).await?;
        jobs(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn notifications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("notifications")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(big_integer("number"))
        .col(text("kind"))
        .col(text("title"))
        .col(text("body"))
        .col(text_null("subject"))
        .col(text("unique_key"))
        .col(big_integer_null("read_at"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("notifications", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "notifications", &["member_id", "number"]).await?;
    unique_index(manager, "notifications", &["member_id", "unique_key"]).await?;
    Ok(())
}

async fn streams(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("streams")
        .col(text("key"))
        .col(big_integer("value"))
        .primary_key(Index::create().col("key"));
    manager.create_table(table).await?;
    Ok(())
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("events")
        .col(big_integer("number"))
        .col(text("kind"))
        .col(text("payload"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("number"));
    manager.create_table(table).await?;
    Ok(())
}

async fn cursors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("cursors")
        .col(text("name"))
        .col(big_integer("value"))
        .primary_key(Index::create().col("name"));
    manager.create_table(table).await?;
    Ok(())
}

async fn jobs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("jobs")
        .col(uuid("id"))
        .col(text("kind"))
        .col(text("payload"))
        .col(text("unique_key"))
        .col(text("state"))
        .col(big_integer("run_at"))
        .col(integer("attempts"))
        .col(big_integer_null("leased_until"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"));
    manager.create_table(table).await?;
    unique_index(manager, "jobs", &["unique_key"]).await?;
    index(manager, "jobs", &["state", "run_at"]).await?;
    Ok(())
}
