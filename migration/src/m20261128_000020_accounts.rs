//! Step 20: an address belongs to whoever verifies it, and a refresh token records the client that used it.

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

/// Any number of accounts may give an address; at most one has verified it. Both databases use the same syntax for a
/// partial index, and the statement builder has none.
async fn addresses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    crate::index(manager, "members", &["email"]).await?;
    let db = manager.get_connection();
    db.execute_unprepared("CREATE UNIQUE INDEX ux_members_proved_email ON members (email) WHERE email_verified")
        .await?;
    let mut unique = Index::drop();
    unique.name("ux_members_email").table("members");
    manager.drop_index(unique).await
}
