//! Step 4: pairs and alerts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        matches(manager).await?;
        match_alerts(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn matches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("matches")
        .col(uuid("id"))
        .col(uuid("lost_id"))
        .col(uuid("other_id"))
        .col(text("band"))
        .col(double("score"))
        .col(text("factors"))
        .col(text("state"))
        .col(uuid_null("decided_by"))
        .col(text_null("reason"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("matches", "lost_id", "pets"))
        .foreign_key(&mut foreign_key("matches", "other_id", "pets"))
        .foreign_key(&mut foreign_key("matches", "decided_by", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "matches", &["lost_id", "other_id"]).await?;
    index(manager, "matches", &["lost_id", "score"]).await?;
    index(manager, "matches", &["other_id", "score"]).await?;
    Ok(())
}

async fn match_alerts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("match_alerts")
        .col(uuid("member_id"))
        .col(big_integer("number"))
        .col(uuid("match_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("member_id").col("number"))
        .foreign_key(&mut foreign_key("match_alerts", "member_id", "members"))
        .foreign_key(&mut foreign_key("match_alerts", "match_id", "matches"));
    manager.create_table(table).await?;
    unique_index(manager, "match_alerts", &["member_id", "match_id"]).await?;
    Ok(())
}
