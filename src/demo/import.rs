//! The import file of the demo's shelter.

use std::time::Duration;

use entity::vocabulary::ImportMode;
use import_reader::Mapping;

use super::Cast;
use crate::{
    deps::{Deps, IdempotencyKey},
    domain::shelters::{self, ImportPets},
    kernel::Result,
};

/// Number, name, days since intake, kind of intake, species, sex, breed and colour. The last row lacks its species, to
/// show how a row is refused.
const ROWS: &[(&str, &str, u64, &str)] = &[
    ("R-1001", "Biscuit", 2, "Stray,Dog,Neutered Male,Beagle Mix,Tricolor"),
    (
        "R-1002",
        "",
        1,
        "Stray,Cat,Intact Female,Domestic Shorthair,Brown Tabby",
    ),
    (
        "R-1003",
        "Clementine",
        12,
        "Owner Surrender,Cat,Spayed Female,Domestic Longhair,Orange",
    ),
    ("R-1004", "Gus", 20, "Stray,Dog,Neutered Male,Labrador Retriever,Black"),
    ("R-1005", "Pip", 3, "Stray,,Unknown,,Green"),
];

/// Queues the import. A repeat within a day returns the first one.
pub async fn request(deps: &Deps, cast: &Cast) -> Result<()> {
    let now = deps.clock.now();
    let mut file = "Animal ID,Name,Intake Date,Intake Type,Animal Type,Sex,Breed,Color\n".to_owned();
    for (id, name, days, rest) in ROWS {
        let day = now.minus(Duration::from_secs(days * 24 * 3600)).to_utc().date_naive();
        file += &format!("{id},{name},{day},{rest}\n");
    }
    let input = ImportPets {
        shelter_id: cast.shelter,
        data: Some(file),
        upload_id: None,
        mode: ImportMode::Upsert,
        confirm_removals: None,
        date_order: None,
        dry_run: false,
        columns: Mapping::default(),
        save_mapping: false,
        idempotency_key: Some(IdempotencyKey::new("demo", serde_json::Value::Null)),
    };
    shelters::import_pets(deps, &cast.cleo, input).await?;
    Ok(())
}
