//! Step 41: second factors by text message.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut factors = Table::alter();
        factors
            .table("second_factors")
            .add_column(text("method").default("totp").take());
        manager.alter_table(factors).await?;
        let mut table = Table::create();
        table
            .table("log_in_codes")
            .col(uuid("id"))
            .col(uuid("member_id"))
            .col(integer("tries"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut foreign_key("log_in_codes", "member_id", "members"));
        manager.create_table(table).await?;
        index(manager, "log_in_codes", &["member_id", "created_at"]).await?;
        index(manager, "log_in_codes", &["expires_at"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
