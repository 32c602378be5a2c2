//! Step 8: shared links.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        shares(manager).await?;
        share_visits(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn shares(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("shares")
        .col(uuid("id"))
        .col(uuid("pet_id"))
        .col(uuid_null("member_id"))
        .col(text("platform"))
        .col(text("code"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("shares", "pet_id", "pets"))
        .foreign_key(&mut foreign_key("shares", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "shares", &["code"]).await?;
    index(manager, "shares", &["pet_id", "platform"]).await?;
    Ok(())
}

async fn share_visits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("share_visits")
        .col(uuid("share_id"))
        .col(text("visitor"))
        .col(big_integer("visited_at"))
        .primary_key(Index::create().col("share_id").col("visitor"))
        .foreign_key(&mut foreign_key("share_visits", "share_id", "shares"));
    manager.create_table(table).await?;
    Ok(())
}
