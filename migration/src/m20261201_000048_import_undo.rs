//! Step 48: imports can be taken back, tell how fast they are, and close more than a fifth of the animals when told to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            integer("earlier_stays").default(0).take(),
            integer_null("confirmed_removals").take(),
            big_integer_null("started_at").take(),
            integer("undone").default(0).take(),
            integer("left_changed").default(0).take(),
            uuid_null("undo_after").take(),
            text_null("undone_by").take(),
            big_integer_null("undone_at").take(),
        ] {
            let mut imports = Table::alter();
            imports.table("imports").add_column(column);
            manager.alter_table(imports).await?;
        }
        changes(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("import_changes")
        .col(uuid("import_id"))
        .col(uuid("animal_id"))
        .col(uuid_null("former_import_id"))
        .col(text_null("before"))
        .col(text("after"))
        .col(big_integer("recorded_at"))
        .primary_key(Index::create().col("import_id").col("animal_id"))
        .foreign_key(&mut foreign_key("import_changes", "import_id", "imports"))
        .foreign_key(&mut foreign_key("import_changes", "animal_id", "shelter_animals"));
    manager.create_table(table).await?;
    // For whether a later import touched the same animals.
    index(manager, "import_changes", &["animal_id"]).await?;
    index(manager, "import_changes", &["former_import_id"]).await
}
