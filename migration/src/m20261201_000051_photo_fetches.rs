//! Step 51: addresses from which photos of imported animals are fetched.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("photo_fetches")
            .col(uuid("pet_id"))
            .col(integer("position"))
            .col(uuid("shelter_id"))
            .col(uuid("import_id"))
            .col(text("url"))
            .col(text("state"))
            .col(uuid_null("photo_id"))
            .col(text_null("digest"))
            .col(integer("tries"))
            .col(big_integer_null("next_try_at"))
            .col(text_null("error"))
            .col(big_integer("updated_at"))
            .primary_key(Index::create().col("pet_id").col("position"))
            .foreign_key(&mut foreign_key("photo_fetches", "pet_id", "pets"))
            .foreign_key(&mut foreign_key("photo_fetches", "shelter_id", "shelters"))
            .foreign_key(&mut foreign_key("photo_fetches", "import_id", "imports"))
            .foreign_key(&mut foreign_key("photo_fetches", "photo_id", "photos"));
        manager.create_table(table).await?;
        // For the figures and the failures of an import.
        index(manager, "photo_fetches", &["import_id", "state", "pet_id", "position"]).await?;
        // For pictures that stand for many animals of a shelter.
        index(manager, "photo_fetches", &["shelter_id", "digest"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
