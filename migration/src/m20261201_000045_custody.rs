//! Step 45: animals in a shelter's care apart from the reports about them. What reports said of the animal, its intake and
//! its outcome moves to the animal and to a stay.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

/// The columns of a report that describe the animal, under the same names.
const DESCRIPTION: &str = "species, name, description, breed_primary, breed_secondary, breed_mixed, breed_raw, sex,
    altered, size, age_group, birth_date, coat, colors, color_raw, pattern, markings, collar, weight_grams, microchipped,
    microchip, second_microchip, microchip_raw, original_text, import_hash, import_id";

/// Reports that a shelter made of animals in its care, and those that it imported.
const KNOWN: &str = "shelter_id IS NOT NULL AND (kind = 'sheltered' OR external_id IS NOT NULL)";

/// The reports among them that are about a stay.
const IN_CARE: &str = "shelter_id IS NOT NULL AND kind = 'sheltered'";

/// The columns of `pets` that move.
const MOVED: [&str; 5] = [
    "external_id",
    "intake_type",
    "import_hash",
    "import_id",
    "original_text",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        animals(manager).await?;
        stays(manager).await?;
        events(manager).await?;
        for column in [uuid_null("animal_id"), uuid_null("former_pet_id")] {
            let mut pets = Table::alter();
            pets.table("pets").add_column(column);
            manager.alter_table(pets).await?;
        }
        for statement in moves() {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        let own_ids = Index::drop()
            .name("ux_pets_shelter_id_external_id")
            .table("pets")
            .to_owned();
        manager.drop_index(own_ids).await?;
        for column in MOVED {
            let mut pets = Table::alter();
            pets.table("pets").drop_column(column);
            manager.alter_table(pets).await?;
        }
        index(manager, "pets", &["animal_id"]).await?;
        index(manager, "pets", &["former_pet_id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn animals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("shelter_animals")
        .col(uuid("id"))
        .col(uuid("shelter_id"))
        .col(text("source"))
        .col(text_null("external_id"))
        .col(text("species"))
        .col(text_null("name"))
        .col(text_null("description"))
        .col(text_null("breed_primary"))
        .col(text_null("breed_secondary"))
        .col(boolean("breed_mixed"))
        .col(text_null("breed_raw"))
        .col(text("sex"))
        .col(text("altered"))
        .col(text("size"))
        .col(text("age_group"))
        .col(big_integer_null("birth_date"))
        .col(text("coat"))
        .col(integer("colors"))
        .col(text_null("color_raw"))
        .col(text("pattern"))
        .col(text_null("markings"))
        .col(text_null("collar"))
        .col(integer_null("weight_grams"))
        .col(boolean_null("microchipped"))
        .col(text_null("microchip"))
        .col(text_null("second_microchip"))
        .col(text_null("microchip_raw"))
        .col(text_null("original_text"))
        .col(big_integer_null("import_hash"))
        .col(uuid_null("import_id"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(integer("version"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("shelter_animals", "shelter_id", "shelters"));
    manager.create_table(table).await?;
    unique_index(manager, "shelter_animals", &["shelter_id", "external_id", "source"]).await?;
    // For the inventory.
    index(manager, "shelter_animals", &["shelter_id", "created_at", "id"]).await
}

async fn stays(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("stays")
        .col(uuid("id"))
        .col(uuid("animal_id"))
        .col(uuid("shelter_id"))
        .col(big_integer("intake_at"))
        .col(big_integer_null("listed_intake_at"))
        .col(text("intake_kind"))
        .col(text_null("intake_type"))
        .col(text("stage"))
        .col(text_null("kennel"))
        .col(text_null("outcome"))
        .col(big_integer_null("outcome_at"))
        .col(uuid_null("pet_id"))
        .col(uuid_null("import_id"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(integer("version"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("stays", "animal_id", "shelter_animals"))
        .foreign_key(&mut foreign_key("stays", "shelter_id", "shelters"))
        .foreign_key(&mut foreign_key("stays", "pet_id", "pets"));
    manager.create_table(table).await?;
    index(manager, "stays", &["animal_id", "intake_at"]).await?;
    // For who is there, and for the figures of a day.
    index(manager, "stays", &["shelter_id", "outcome_at", "intake_at"]).await?;
    index(manager, "stays", &["shelter_id", "intake_at"]).await?;
    unique_index(manager, "stays", &["pet_id"]).await?;
    let one_at_a_time = "CREATE UNIQUE INDEX ux_stays_present ON stays (animal_id) WHERE outcome_at IS NULL";
    manager.get_connection().execute_unprepared(one_at_a_time).await?;
    Ok(())
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("stay_events")
        .col(uuid("stay_id"))
        .col(integer("number"))
        .col(text("kind"))
        .col(text_null("from_value"))
        .col(text_null("to_value"))
        .col(big_integer("happened_at"))
        .col(big_integer("recorded_at"))
        .col(text("recorded_by"))
        .primary_key(Index::create().col("stay_id").col("number"))
        .foreign_key(&mut foreign_key("stay_events", "stay_id", "stays"));
    manager.create_table(table).await
}

/// One animal for each of these reports, and one stay for each that is about a stay. Ids are of their table alone, so
/// those of the reports will do.
fn moves() -> [String; 5] {
    [
        format!(
            "INSERT INTO shelter_animals (id, shelter_id, source, external_id, {DESCRIPTION}, created_at, updated_at, version)
             SELECT id, shelter_id, '', external_id, {DESCRIPTION}, reported_at, updated_at, version FROM pets WHERE {KNOWN}"
        ),
        format!("UPDATE pets SET animal_id = id WHERE {KNOWN}"),
        format!(
            "INSERT INTO stays (id, animal_id, shelter_id, intake_at, listed_intake_at, intake_kind, intake_type, stage,
                kennel, outcome, outcome_at, pet_id, import_id, created_at, updated_at, version)
             SELECT id, id, shelter_id, seen_at, CASE WHEN external_id IS NOT NULL THEN seen_at END,
                CASE WHEN LOWER(intake_type) LIKE '%stray%' THEN 'stray'
                     WHEN LOWER(intake_type) LIKE '%surrender%' THEN 'owner_surrender'
                     WHEN LOWER(intake_type) LIKE '%transfer%' THEN 'transfer_in'
                     WHEN LOWER(intake_type) LIKE '%return%' THEN 'return'
                     WHEN LOWER(intake_type) LIKE '%confiscat%' OR LOWER(intake_type) LIKE '%seiz%' THEN 'seized'
                     WHEN LOWER(intake_type) LIKE '%born%' THEN 'born_in_care'
                     WHEN intake_type IS NOT NULL THEN 'other' ELSE 'unknown' END,
                intake_type, 'intake', NULL,
                CASE status WHEN 'adopted' THEN 'adopted' WHEN 'reunited' THEN 'returned_to_owner'
                            WHEN 'transferred' THEN 'transferred' WHEN 'closed' THEN 'unknown'
                            WHEN 'expired' THEN 'unknown' END,
                CASE WHEN status IN ('open', 'matched') THEN NULL
                     WHEN closed_at IS NULL OR closed_at < seen_at THEN seen_at ELSE closed_at END,
                id, import_id, reported_at, updated_at, CASE WHEN status IN ('open', 'matched') THEN 1 ELSE 2 END
             FROM pets WHERE {IN_CARE}"
        ),
        "INSERT INTO stay_events (stay_id, number, kind, from_value, to_value, happened_at, recorded_at, recorded_by)
         SELECT id, 1, 'taken_in', NULL, intake_kind, intake_at, created_at, 'system' FROM stays"
            .to_owned(),
        "INSERT INTO stay_events (stay_id, number, kind, from_value, to_value, happened_at, recorded_at, recorded_by)
         SELECT id, 2, 'ended', NULL, outcome, outcome_at, updated_at, 'system' FROM stays WHERE outcome_at IS NOT NULL"
            .to_owned(),
    ]
}
