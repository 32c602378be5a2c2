//! Step 34: whether a list of matches is full, and up to which score, is read from an index alone.

use sea_orm_migration::prelude::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["lost_id", "score", "state", "ended_at", "same_chip", "same_picture"];
        index(manager, "matches", &columns).await?;
        let narrower = Index::drop()
            .name("ix_matches_lost_id_score")
            .table("matches")
            .to_owned();
        manager.drop_index(narrower).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
