//! Step 43: passkeys; sessions know roughly where they were opened.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sessions = Table::alter();
        sessions.table("sessions").add_column(text_null("place").take());
        manager.alter_table(sessions).await?;
        passkeys(manager).await?;
        passkey_challenges(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn passkeys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("passkeys")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(text("credential_id"))
        .col(text("credential"))
        .col(big_integer("uses"))
        .col(text("name"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("passkeys", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "passkeys", &["credential_id"]).await?;
    index(manager, "passkeys", &["member_id"]).await
}

async fn passkey_challenges(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("passkey_challenges")
        .col(text("hash"))
        .col(uuid_null("member_id"))
        .col(text("state"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("hash"))
        .foreign_key(&mut foreign_key("passkey_challenges", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "passkey_challenges", &["member_id"]).await?;
    index(manager, "passkey_challenges", &["expires_at"]).await
}
