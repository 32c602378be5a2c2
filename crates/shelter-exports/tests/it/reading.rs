//! Writes an inventory, reads it, and compares.

use chrono_tz::Tz;
use entity::{
    Timestamp, shelter_animal, stay,
    vocabulary::{PetKind, PetStatus, StayStage},
};
use import_reader::{Calendar, Circumstances, ImportReader, ImportedAnimal, Row, listed_intake_kind, zone::Zone};
use shelter_exports::{
    csv::{ByteOrderMark, Writer},
    inventory::{Chips, Inventory, Listed, Places},
};

use crate::rows::{SECOND, TODAY, listed, listed_stay};

const TEXAS: Tz = Tz::America__Chicago;

/// The same zone for the reader.
pub(crate) fn zone() -> Zone {
    Zone::named("America/Chicago").expect("there is such a zone")
}

pub(crate) fn file(places: Places, all: &[Listed<'_>]) -> Vec<u8> {
    written(places, Chips::Told, all)
}

pub(crate) fn file_without_chips(all: &[Listed<'_>]) -> Vec<u8> {
    written(Places::Omitted, Chips::Omitted, all)
}

fn written(places: Places, chips: Chips, all: &[Listed<'_>]) -> Vec<u8> {
    let inventory = Inventory {
        zone: TEXAS,
        places,
        chips,
        intake_kind: listed_intake_kind,
    };
    let mut writer = Writer::new(Vec::new(), ByteOrderMark::With).expect("memory takes it");
    writer.row(inventory.header()).expect("memory takes it");
    for listed in all {
        for row in inventory.rows(listed) {
            writer.row(row).expect("memory takes it");
        }
    }
    writer.finish().expect("memory takes it")
}

pub(crate) fn rows(file: &[u8]) -> Vec<Row> {
    let circumstances = Circumstances {
        today: TODAY,
        zone: zone(),
        country: Some("US".to_owned()),
        order: None,
    };
    let calendar = Calendar::of(file, &circumstances).expect("the file has dates");
    let reader = ImportReader::open(file, calendar).expect("the file is a table");
    assert_eq!(reader.format(), import_reader::OWN_FORMAT);
    reader.collect()
}

pub(crate) fn read(all: &[Listed<'_>]) -> Vec<ImportedAnimal> {
    let rows = rows(&file(Places::Omitted, all)).into_iter();
    rows.map(|row| row.result.expect("the row is right")).collect()
}

pub(crate) fn read_one(animal: &shelter_animal::Model, stay: &stay::Model) -> ImportedAnimal {
    read(&[listed(animal, &[listed_stay(stay)])]).remove(0)
}

/// To the second, as the file tells it.
fn told(at: Timestamp) -> Timestamp {
    Timestamp(at.0.div_euclid(SECOND) * SECOND)
}

/// Everything that the file promises to bring back of an animal.
pub(crate) fn assert_same(read: &ImportedAnimal, animal: &shelter_animal::Model) {
    assert_eq!(Some(read.external_id.as_str()), animal.external_id.as_deref());
    assert_eq!(read.species, animal.species);
    assert_eq!(read.name.as_deref(), animal.name.as_deref());
    assert_eq!(read.breed.primary, animal.breed_primary);
    assert_eq!(read.breed.secondary, animal.breed_secondary);
    assert_eq!(read.breed.mixed, animal.breed_mixed);
    assert_eq!((read.sex, read.altered), (animal.sex, animal.altered));
    assert_eq!((read.size, read.coat), (animal.size, animal.coat));
    assert_eq!((read.colors, read.pattern), (animal.colors, animal.pattern));
    assert_eq!((read.birth_date, read.age_group), (animal.birth_date, animal.age_group));
    assert_eq!(read.weight_grams, animal.weight_grams);
    assert_eq!(read.microchipped, animal.microchipped);
    let chips: Vec<String> = [&animal.microchip, &animal.second_microchip]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    assert_eq!(read.microchips, chips);
    assert_eq!(read.markings.as_deref(), animal.markings.as_deref());
    assert_eq!(read.description.as_deref(), animal.description.as_deref());
}

/// Everything that the file promises to bring back of a stay.
pub(crate) fn assert_same_stay(read: &ImportedAnimal, stay: &stay::Model) {
    assert_eq!((read.kind, read.dated), (PetKind::Sheltered, true));
    assert_eq!(read.seen_at, told(stay.intake_at));
    assert_eq!((read.intake_kind, &read.kennel), (stay.intake_kind, &stay.kennel));
    assert_eq!(read.outcome, stay.outcome);
    assert_eq!(read.left_at, stay.outcome_at.map(told));
    assert_eq!(read.status == PetStatus::Open, stay.outcome.is_none());
    let stage = Some(stay.stage).filter(|stage| stay.outcome.is_none() && *stage != StayStage::Intake);
    assert_eq!(read.stage, stage);
}
