//! Step 44: consents, each time one is given or taken back. Those to text messages that were kept with the numbers move in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

/// Ids are of the table alone, so those of the members will do.
const MOVE: &str = "INSERT INTO consents (id, member_id, purpose, granted, wording, address, created_at)
    SELECT member_id, member_id, 'text_messages', TRUE, consent_text, NULL, consent_at
    FROM sms_accounts WHERE consent_at IS NOT NULL AND consent_text IS NOT NULL";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("consents")
            .col(uuid("id"))
            .col(uuid("member_id"))
            .col(text("purpose"))
            .col(boolean("granted"))
            .col(text("wording"))
            .col(text_null("address"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut foreign_key("consents", "member_id", "members"));
        manager.create_table(table).await?;
        index(manager, "consents", &["member_id", "purpose", "created_at"]).await?;
        manager.get_connection().execute_unprepared(MOVE).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
