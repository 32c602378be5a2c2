//! Step 1: members, sessions, tokens, the audit log and idempotency keys.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        members(manager).await?;
        sessions(manager).await?;
        refresh_tokens(manager).await?;
        email_tokens(manager).await?;
        audit_entries(manager).await?;
        idempotency_keys(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("members")
        .col(uuid("id"))
        .col(text("email"))
        .col(boolean("email_verified"))
        .col(text("password_hash"))
        .col(text("display_name"))
        .col(text("role"))
        .col(uuid_null("avatar_photo_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"));
    manager.create_table(table).await?;
    unique_index(manager, "members", &["email"]).await?;
    Ok(())
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("sessions")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(text_null("user_agent"))
        .col(text_null("address"))
        .col(big_integer("created_at"))
        .col(big_integer("last_used_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("sessions", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "sessions", &["member_id"]).await?;
    Ok(())
}

async fn refresh_tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("refresh_tokens")
        .col(text("hash"))
        .col(uuid("session_id"))
        .col(big_integer("issued_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .primary_key(Index::create().col("hash"))
        .foreign_key(&mut foreign_key("refresh_tokens", "session_id", "sessions"));
    manager.create_table(table).await?;
    index(manager, "refresh_tokens", &["session_id"]).await?;
    Ok(())
}

async fn email_tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("email_tokens")
        .col(text("hash"))
        .col(uuid("member_id"))
        .col(text("email"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .primary_key(Index::create().col("hash"))
        .foreign_key(&mut foreign_key("email_tokens", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "email_tokens", &["member_id"]).await?;
    Ok(())
}

async fn audit_entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("audit_entries")
        .col(uuid("id"))
        .col(text("actor"))
        .col(text("action"))
        .col(text_null("subject"))
        .col(text_null("address"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"));
    manager.create_table(table).await?;
    index(manager, "audit_entries", &["created_at"]).await?;
    Ok(())
}

async fn idempotency_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("idempotency_keys")
        .col(text("actor"))
        .col(text("action"))
        .col(text("key"))
        .col(text("request_hash"))
        .col(text("result"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("actor").col("action").col("key"));
    manager.create_table(table).await?;
    index(manager, "idempotency_keys", &["created_at"]).await?;
    Ok(())
}
