//! Step 12: visual features of photos.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::foreign_key;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("photo_looks")
            .col(uuid("photo_id"))
            .col(blob("hash"))
            .col(blob_null("vector"))
            .col(text_null("vector_model"))
            .primary_key(Index::create().col("photo_id"))
            .foreign_key(&mut foreign_key("photo_looks", "photo_id", "photos"));
        manager.create_table(table).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
