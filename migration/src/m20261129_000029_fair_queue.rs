//! Step 29: the order of jobs within a lane, and whose work they are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column per statement: SQLite allows no more.
        for mut column in [
            integer("priority").default(0).take(),
            text("group_key").default("").take(),
        ] {
            let mut jobs = Table::alter();
            jobs.table("jobs").add_column(&mut column);
            manager.alter_table(jobs).await?;
        }
        // A worker jumps from one pair of priority and group to the next and reads the first job of each. The index of
        // lane, state and time is kept: it tells when the next job is due.
        let line = ["lane", "state", "priority", "group_key", "run_at", "id"];
        index(manager, "jobs", &line).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
