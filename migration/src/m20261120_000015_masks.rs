//! Step 15: the places of a report whose masks are kept.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut pets = Table::alter();
        pets.table("pets").add_column(text_null("past_anchors"));
        manager.alter_table(pets).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
