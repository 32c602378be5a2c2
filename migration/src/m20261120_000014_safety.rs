//! Step 14: blocks, abuse reports, safety settings, and findings in messages.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        blocks(manager).await?;
        abuse_reports(manager).await?;
        safety_settings(manager).await?;
        presence_hidings(manager).await?;
        last_seen(manager).await?;
        let mut messages = Table::alter();
        messages.table("messages").add_column(text_null("review"));
        manager.alter_table(messages).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn blocks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("blocks")
        .col(uuid("blocker_id"))
        .col(uuid("blocked_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("blocker_id").col("blocked_id"))
        .foreign_key(&mut foreign_key("blocks", "blocker_id", "members"))
        .foreign_key(&mut foreign_key("blocks", "blocked_id", "members"));
    manager.create_table(table).await?;
    index(manager, "blocks", &["blocked_id", "blocker_id"]).await?;
    index(manager, "blocks", &["blocker_id", "created_at", "blocked_id"]).await
}

async fn abuse_reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("abuse_reports")
        .col(uuid("id"))
        .col(uuid("reporter_id"))
        .col(text("subject"))
        .col(text("reason"))
        .col(text_null("details"))
        .col(text("snapshot"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("abuse_reports", "reporter_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "abuse_reports", &["reporter_id", "subject"]).await?;
    index(manager, "abuse_reports", &["subject", "created_at"]).await?;
    index(manager, "abuse_reports", &["created_at"]).await
}

async fn safety_settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("safety_settings")
        .col(uuid("member_id"))
        .col(text("profanity"))
        .col(text("presence"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("safety_settings", "member_id", "members"));
    manager.create_table(table).await
}

async fn presence_hidings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("presence_hidings")
        .col(uuid("member_id"))
        .col(uuid("hidden_from"))
        .primary_key(Index::create().col("member_id").col("hidden_from"))
        .foreign_key(&mut foreign_key("presence_hidings", "member_id", "members"))
        .foreign_key(&mut foreign_key("presence_hidings", "hidden_from", "members"));
    manager.create_table(table).await
}

async fn last_seen(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("last_seen")
        .col(uuid("member_id"))
        .col(big_integer("seen_at"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("last_seen", "member_id", "members"));
    manager.create_table(table).await
}
