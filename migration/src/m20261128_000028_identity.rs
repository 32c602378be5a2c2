//! Step 28: identity of an animal: a second chip, its day of birth, and the original text of a shelter's file.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text_null("second_microchip"),
            big_integer_null("birth_date"),
            big_integer_null("ages_at"),
            text_null("original_text"),
        ] {
            let mut pets = Table::alter();
            pets.table("pets").add_column(column);
            manager.alter_table(pets).await?;
        }
        index(manager, "pets", &["second_microchip"]).await?;
        index(manager, "pets", &["ages_at"]).await?;
        index(manager, "pets", &["shelter_id", "name", "seen_at"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
