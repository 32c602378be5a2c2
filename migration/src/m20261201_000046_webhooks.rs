//! Step 46: webhooks to shelters' own systems, and what is delivered to them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        webhooks(manager).await?;
        deliveries(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn webhooks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("webhooks")
        .col(uuid("id"))
        .col(uuid("shelter_id"))
        .col(text("url"))
        .col(text("events"))
        .col(text("sealed_secret"))
        .col(text_null("former_secret"))
        .col(big_integer_null("former_until"))
        .col(text("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .col(text_null("disabled_reason"))
        .col(big_integer_null("failing_since"))
        .col(big_integer_null("last_success_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("webhooks", "shelter_id", "shelters"));
    manager.create_table(table).await?;
    index(manager, "webhooks", &["shelter_id"]).await
}

async fn deliveries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("webhook_deliveries")
        .col(uuid("id"))
        .col(uuid("webhook_id"))
        .col(text("event"))
        .col(text("event_key"))
        .col(text("payload"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(big_integer("queued_at"))
        .col(big_integer("next_at"))
        .col(integer_null("last_status"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .col(big_integer_null("delivered_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("webhook_deliveries", "webhook_id", "webhooks"));
    manager.create_table(table).await?;
    unique_index(manager, "webhook_deliveries", &["webhook_id", "event_key"]).await?;
    // For the list of a webhook, and for what is old enough to be forgotten.
    index(manager, "webhook_deliveries", &["webhook_id", "created_at", "id"]).await?;
    index(manager, "webhook_deliveries", &["created_at"]).await
}
