//! Step 55: webhooks that fail rest, and begin anew when their shelter changes them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["rests_until", "restarted_at"] {
            let mut webhooks = Table::alter();
            webhooks.table("webhooks").add_column(big_integer_null(column));
            manager.alter_table(webhooks).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
