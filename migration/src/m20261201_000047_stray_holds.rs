//! Step 47: how long strays are kept for their owners, by rules of their shelter.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// The hold of animals that are there now, as it was until this step: five days from the intake, in milliseconds.
const FORMER_HOLD: &str = "UPDATE stays SET hold_until = intake_at + 432000000
    WHERE intake_kind = 'stray' AND outcome_at IS NULL";

/// What carries a chip has been identified since it came, as far as anybody knows.
const CHIPPED: &str = "UPDATE stays SET identified_at = intake_at
    WHERE outcome_at IS NULL AND animal_id IN (SELECT id FROM shelter_animals WHERE microchip IS NOT NULL)";

/// For the holds that end soon: those of animals that are there and were not released.
const ENDING: &str = "CREATE INDEX ix_stays_shelter_id_hold_until ON stays (shelter_id, hold_until)
    WHERE outcome_at IS NULL AND hold_released_at IS NULL AND hold_until IS NOT NULL";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in columns_of_stays() {
            let mut stays = Table::alter();
            stays.table("stays").add_column(&mut column);
            manager.alter_table(stays).await?;
        }
        for mut column in columns_of_shelters() {
            let mut shelters = Table::alter();
            shelters.table("shelters").add_column(&mut column);
            manager.alter_table(shelters).await?;
        }
        for statement in [FORMER_HOLD, CHIPPED, ENDING] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn columns_of_stays() -> [ColumnDef; 14] {
    [
        big_integer_null("identified_at"),
        big_integer_null("owner_notified_at"),
        big_integer_null("notice_at"),
        text_null("notice_method"),
        big_integer_null("hold_until"),
        boolean("hold_open_ended").default(false).take(),
        text_null("hold_rule"),
        text_null("hold_trace"),
        big_integer_null("hold_owner_only_until"),
        big_integer_null("hold_rescue_at"),
        big_integer_null("hold_extended_until"),
        text_null("hold_extension_reason"),
        big_integer_null("hold_released_at"),
        text_null("hold_release_reason"),
    ]
}

fn columns_of_shelters() -> [ColumnDef; 4] {
    [
        text_null("hold_rules"),
        integer("hold_days").default(5).take(),
        text_null("closed_days"),
        text_null("closes_at"),
    ]
}
