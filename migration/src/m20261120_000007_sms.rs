//! Step 7: phones, messages, credits.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sms_accounts(manager).await?;
        phone_verifications(manager).await?;
        sms_opt_outs(manager).await?;
        sms_messages(manager).await?;
        credit_entries(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn sms_accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("sms_accounts")
        .col(uuid("member_id"))
        .col(text_null("phone"))
        .col(big_integer_null("verified_at"))
        .col(boolean("opted_in"))
        .col(big_integer_null("consent_at"))
        .col(text_null("consent_text"))
        .col(integer("credits"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("sms_accounts", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "sms_accounts", &["phone"]).await?;
    Ok(())
}

async fn phone_verifications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("phone_verifications")
        .col(uuid("member_id"))
        .col(text("phone"))
        .col(text("code_hash"))
        .col(integer("sends"))
        .col(integer("tries"))
        .col(big_integer("window_started_at"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("phone_verifications", "member_id", "members"));
    manager.create_table(table).await?;
    Ok(())
}

async fn sms_opt_outs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("sms_opt_outs")
        .col(text("phone"))
        .col(big_integer("opted_out_at"))
        .primary_key(Index::create().col("phone"));
    manager.create_table(table).await?;
    Ok(())
}

async fn sms_messages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("sms_messages")
        .col(uuid("id"))
        .col(uuid_null("member_id"))
        .col(uuid_null("conversation_id"))
        .col(text("direction"))
        .col(text("purpose"))
        .col(text("to_phone"))
        .col(text_null("from_phone"))
        .col(text("body"))
        .col(integer("segments"))
        .col(integer("credits"))
        .col(text("status"))
        .col(text_null("error"))
        .col(text_null("provider_id"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("delivered_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("sms_messages", "member_id", "members"))
        .foreign_key(&mut foreign_key("sms_messages", "conversation_id", "conversations"));
    manager.create_table(table).await?;
    unique_index(manager, "sms_messages", &["provider_id"]).await?;
    index(manager, "sms_messages", &["member_id", "created_at"]).await?;
    index(manager, "sms_messages", &["to_phone", "created_at"]).await?;
    Ok(())
}

async fn credit_entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("credit_entries")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(integer("delta"))
        .col(text("reason"))
        .col(uuid_null("sms_message_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("credit_entries", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "credit_entries", &["member_id", "created_at"]).await?;
    Ok(())
}
