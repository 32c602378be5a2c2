//! Step 23: values that an import left out or changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::foreign_key;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            integer("warned").default(0).take(),
            text("ignored_columns").default("[]").take(),
        ] {
            let mut imports = Table::alter();
            imports.table("imports").add_column(column);
            manager.alter_table(imports).await?;
        }
        let mut warnings = Table::create();
        warnings
            .table("import_warnings")
            .col(uuid("import_id"))
            .col(integer("number"))
            .col(integer("row"))
            .col(text("column_name"))
            .col(text("value"))
            .col(text("message"))
            .primary_key(Index::create().col("import_id").col("number"))
            .foreign_key(&mut foreign_key("import_warnings", "import_id", "imports"));
        manager.create_table(warnings).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
