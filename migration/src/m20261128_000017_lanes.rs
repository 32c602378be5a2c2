//! Step 17: lanes and leases of jobs, and mails that are kept until they are sent or refused.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column per statement: SQLite allows no more.
        for mut column in [
            text("lane").default("interactive").take(),
            integer("leases").default(0).take(),
        ] {
            let mut jobs = Table::alter();
            jobs.table("jobs").add_column(&mut column);
            manager.alter_table(jobs).await?;
        }
        index(manager, "jobs", &["lane", "state", "run_at", "id"]).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE jobs SET lane = 'bulk' WHERE kind IN ('run_import', 'learn_photos', 'learn_all_photos')",
            )
            .await?;
        outgoing_mails(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn outgoing_mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("outgoing_mails")
        .col(uuid("id"))
        .col(uuid("sender_id"))
        .col(text("recipient"))
        .col(text("subject"))
        .col(text("body"))
        .col(text("state"))
        .col(big_integer("created_at"))
        .col(big_integer_null("settled_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("outgoing_mails", "sender_id", "members"));
    manager.create_table(table).await?;
    index(manager, "outgoing_mails", &["created_at"]).await
}
