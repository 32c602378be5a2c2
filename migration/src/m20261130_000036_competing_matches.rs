//! Step 36: indexes that stay useful when most values are NULL, and of the few matches that compete with others.
//!
//! Once SQLite has counted that most reports have no chip, it takes an index of all chips, NULLs included, for useless and
//! reads every report. An index of those that have one counts only these.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Matches of before are marked as competing if they may be: by the lowest score that competes where at least so many
/// reports are around. Each is marked exactly when it is scored again.
const MARKED: &str = "UPDATE matches SET competes = (same_chip OR same_picture OR score >= CASE \
    WHEN surroundings < 10 THEN -1.8 WHEN surroundings < 40 THEN 0.7 WHEN surroundings < 200 THEN 1.9 \
    WHEN surroundings < 1000 THEN 3.4 ELSE 5.0 END)";

const INDEXES: [&str; 8] = [
    "DROP INDEX ix_pets_microchip",
    "DROP INDEX ix_pets_second_microchip",
    "CREATE INDEX ix_pets_with_microchip ON pets (microchip) WHERE microchip IS NOT NULL",
    "CREATE INDEX ix_pets_with_second_microchip ON pets (second_microchip) WHERE second_microchip IS NOT NULL",
    "DROP INDEX ix_matches_lost_id_score_state_ended_at_same_chip_same_picture",
    "CREATE INDEX ix_matches_listed ON matches (lost_id, score DESC, other_id, state, ended_at, same_chip, same_picture)",
    "CREATE INDEX ix_matches_competing_lost ON matches (lost_id) WHERE competes",
    "CREATE INDEX ix_matches_competing_other ON matches (other_id) WHERE competes",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut matches = Table::alter();
        matches
            .table("matches")
            .add_column(boolean("competes").default(false).take());
        manager.alter_table(matches).await?;
        let connection = manager.get_connection();
        connection.execute_unprepared(MARKED).await?;
        for index in INDEXES {
            connection.execute_unprepared(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
