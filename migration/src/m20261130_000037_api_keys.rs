//! Step 37: API keys that expire and are rotated, and where they are used.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::foreign_key;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Keys that read animals have read their matches as well; that is a scope of its own from now on.
const MATCHES: &str = "UPDATE api_keys SET scopes = scopes || ' matches:read' \
    WHERE scopes LIKE '%pets:read%' AND scopes NOT LIKE '%matches:read%'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            big_integer_null("expires_at"),
            uuid_null("replaced_by"),
            text_null("last_used_address"),
        ] {
            let mut keys = Table::alter();
            keys.table("api_keys").add_column(column);
            manager.alter_table(keys).await?;
        }
        manager.get_connection().execute_unprepared(MATCHES).await?;
        networks(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn networks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("api_key_networks")
        .col(uuid("api_key_id"))
        .col(text("network"))
        .col(big_integer("first_used_at"))
        .col(big_integer("last_used_at"))
        .primary_key(Index::create().col("api_key_id").col("network"))
        .foreign_key(&mut foreign_key("api_key_networks", "api_key_id", "api_keys"));
    manager.create_table(table).await
}
