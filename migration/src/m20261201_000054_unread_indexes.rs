//! Step 54: two indexes of reports that nothing reads any more, since the map is in memory and lists go by when animals were
//! reported. Imports, whose rows come in any order, had to write a page of each for nearly every animal.

use sea_orm_migration::prelude::*;

/// The names that the indexes got in step 3.
const UNREAD: [&str; 2] = ["ix_pets_status_map_x_map_y_kind", "ix_pets_status_species_seen_at"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in UNREAD {
            manager
                .drop_index(Index::drop().name(name).table("pets").to_owned())
                .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
