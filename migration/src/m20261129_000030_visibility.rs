//! Step 30: reports that are hidden from most viewers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut pets = Table::alter();
        pets.table("pets")
            .add_column(text("visibility").default("visible").take());
        manager.alter_table(pets).await?;
        // For the numbers on the front page, and for finding hidden reports.
        index(manager, "pets", &["visibility", "status", "kind"]).await?;
        // Every list filters by this column, so it is added to the indexes that lists are read from.
        for columns in [NEWEST, PLACES] {
            let old = format!("ix_pets_{}", columns[..columns.len() - 1].join("_"));
            manager
                .drop_index(Index::drop().name(old).table("pets").to_owned())
                .await?;
        }
        manager.create_index(list("ix_pets_newest", &NEWEST)).await?;
        manager.create_index(list("ix_pets_places", &PLACES)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Newest first, whatever the status. A query stops after one page and never reads the rows that it skips.
const NEWEST: [&str; 6] = [
    "reported_at",
    "id",
    "status",
    "public_latitude",
    "public_longitude",
    "visibility",
];
const PLACES: [&str; 6] = [
    "status",
    "public_latitude",
    "public_longitude",
    "reported_at",
    "id",
    "visibility",
];

/// Creates an index with an explicit name, because the default name, made of all columns, is too long for PostgreSQL.
fn list(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement.name(name).table("pets");
    for column in columns {
        statement.col(*column);
    }
    statement
}
