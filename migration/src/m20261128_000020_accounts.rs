//! Step 20: an address is of whoever proves it, and a refresh token knows who used it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        addresses(manager).await?;
        let mut tokens = Table::alter();
        tokens.table("refresh_tokens").add_column(text_null("used_by"));
        manager.alter_table(tokens).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Any number of accounts may give an address; one at most has proved it. A partial index is written alike for both
/// databases, and the builder of statements has none.
async fn addresses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    crate::index(manager, "members", &["email"]).await?;
    let db = manager.get_connection();
    db.execute_unprepared("CREATE UNIQUE INDEX ux_members_proved_email ON members (email) WHERE email_verified")
        .await?;
    let mut unique = Index::drop();
    unique.name("ux_members_email").table("members");
    manager.drop_index(unique).await
}
