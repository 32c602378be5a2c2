//! Step 40: archives of a member's data, deletion of accounts, languages and time zones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["deletes_at", "deleted_at"] {
            let mut members = Table::alter();
            members.table("members").add_column(big_integer_null(column));
            manager.alter_table(members).await?;
        }
        for column in ["locale", "time_zone"] {
            let mut members = Table::alter();
            members.table("members").add_column(text_null(column));
            manager.alter_table(members).await?;
        }
        let db = manager.get_connection();
        db.execute_unprepared("CREATE INDEX ix_members_to_delete ON members (deletes_at) WHERE deletes_at IS NOT NULL")
            .await?;
        let mut table = Table::create();
        table
            .table("data_exports")
            .col(uuid("id"))
            .col(uuid("member_id"))
            .col(text("state"))
            .col(big_integer_null("byte_size"))
            .col(big_integer("created_at"))
            .col(big_integer_null("ready_at"))
            .col(big_integer_null("expires_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut foreign_key("data_exports", "member_id", "members"));
        manager.create_table(table).await?;
        index(manager, "data_exports", &["member_id", "created_at"]).await?;
        index(manager, "data_exports", &["expires_at"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
