//! Step 49: what shelters say of themselves and when they are open, and offers to hand animals over.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

/// At most one open offer of a stay, and one of a report.
const ONE_OPEN: [&str; 2] = [
    "CREATE UNIQUE INDEX ux_transfers_open_stay ON transfers (stay_id) WHERE state = 'offered'",
    "CREATE UNIQUE INDEX ux_transfers_open_pet ON transfers (pet_id) WHERE state = 'offered'",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text_null("capacity_by_species"),
            text_null("description"),
            text_null("how_to_visit"),
            text_null("hours"),
            text_null("hours_exceptions"),
        ] {
            let mut shelters = Table::alter();
            shelters.table("shelters").add_column(column);
            manager.alter_table(shelters).await?;
        }
        transfers(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn transfers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("transfers")
        .col(uuid("id"))
        .col(uuid_null("stay_id"))
        .col(uuid_null("animal_id"))
        .col(uuid_null("pet_id"))
        .col(uuid_null("from_shelter"))
        .col(uuid("to_shelter"))
        .col(text_null("note"))
        .col(text("state"))
        .col(text("offered_by"))
        .col(big_integer("offered_at"))
        .col(text_null("answered_by"))
        .col(big_integer_null("answered_at"))
        .col(text_null("reason"))
        .col(uuid_null("new_animal_id"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("transfers", "stay_id", "stays"))
        .foreign_key(&mut foreign_key("transfers", "animal_id", "shelter_animals"))
        .foreign_key(&mut foreign_key("transfers", "pet_id", "pets"))
        .foreign_key(&mut foreign_key("transfers", "from_shelter", "shelters"))
        .foreign_key(&mut foreign_key("transfers", "to_shelter", "shelters"))
        .foreign_key(&mut foreign_key("transfers", "new_animal_id", "shelter_animals"));
    manager.create_table(table).await?;
    // For the lists of both sides.
    index(manager, "transfers", &["to_shelter", "offered_at", "id"]).await?;
    index(manager, "transfers", &["from_shelter", "offered_at", "id"]).await?;
    for statement in ONE_OPEN {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
