//! Step 50: what shelters say of the columns of their files.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("import_mappings")
            .col(uuid("id"))
            .col(uuid("shelter_id"))
            .col(text("fingerprint"))
            .col(text("titles"))
            .col(text("columns"))
            .col(text("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(&mut foreign_key("import_mappings", "shelter_id", "shelters"));
        manager.create_table(table).await?;
        unique_index(manager, "import_mappings", &["shelter_id", "fingerprint"]).await?;
        let mut imports = Table::alter();
        imports.table("imports").add_column(text_null("columns"));
        manager.alter_table(imports).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
