//! Step 56: columns that most reports leave empty have indexes of what is there alone. An import, whose animals have no
//! reporter and seldom a date of birth or a former report, writes hardly any of it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, columns, and the one that is mostly empty.
const INDEXES: [(&str, &str, &str); 3] = [
    (
        "ix_pets_reporter_id_reported_at",
        "reporter_id, reported_at",
        "reporter_id",
    ),
    ("ix_pets_ages_at", "ages_at", "ages_at"),
    ("ix_pets_former_pet_id", "former_pet_id", "former_pet_id"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, columns, sparse) in INDEXES {
            let connection = manager.get_connection();
            connection.execute_unprepared(&format!("DROP INDEX {name}")).await?;
            let created = format!("CREATE INDEX {name} ON pets ({columns}) WHERE {sparse} IS NOT NULL");
            connection.execute_unprepared(&created).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
