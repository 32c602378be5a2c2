//! A row of a file as a row of the table.

use entity::{
    Timestamp,
    id::{ImportId, PetId, ShelterId},
    pet,
    vocabulary::PetStatus,
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use crate::{
    deps::Deps,
    domain::{
        pets::{self, Located},
        shelters::import_file::ImportedAnimal,
    },
    kernel::text::mask_contacts,
};

/// Longest public text in characters.
const LONGEST_TEXT: usize = 5_000;
/// Longest marks in characters.
const LONGEST_MARKS: usize = 1_000;
/// Longest word of the shelter in characters.
const LONGEST_WORD: usize = 200;

/// In which import, for whom, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    pub(super) import_id: ImportId,
    pub(super) shelter_id: ShelterId,
    pub(super) now: Timestamp,
}

/// An animal that the shelter has not sent before. One that has left the shelter counts as gone since its intake when the
/// file does not say when it left.
pub(super) fn created(deps: &Deps, on: Occasion, animal: &ImportedAnimal, place: &Located) -> pet::ActiveModel {
    let live = pets::is_live(animal.status);
    let mut row = pet::ActiveModel {
        id: Set(PetId(deps.ids.uuid(on.now))),
        status: Set(animal.status),
        closed_at: Set((!live).then_some(animal.left_at.unwrap_or(animal.seen_at))),
        urgent: Set(false),
        collar: Set(None),
        private_marks: Set("[]".to_owned()),
        reward: Set(None),
        seen_at: Set(animal.seen_at),
        reporter_id: Set(None),
        shelter_id: Set(Some(on.shelter_id)),
        external_id: Set(Some(without_zero(&animal.external_id))),
        reported_at: Set(on.now),
        version: Set(1),
        ..Default::default()
    };
    describe(&mut row, on, animal);
    pets::unowned_place_columns(deps, &mut row, place, None);
    row.search_text = Set(pets::search_text(&row));
    row
}

/// An animal whose row says something else than before. A file that is silent about the intake leaves it as it was.
pub(super) fn updated(
    deps: &Deps,
    on: Occasion,
    previous: pet::Model,
    animal: &ImportedAnimal,
    place: &Located,
) -> pet::ActiveModel {
    let status = status_after(&previous, animal);
    let mut row = previous.clone().into_active_model();
    if pets::is_live(status) {
        row.closed_at = Set(None);
    } else if animal.left_at.is_some() {
        row.closed_at = Set(animal.left_at);
    } else if pets::is_live(previous.status) {
        row.closed_at = Set(Some(on.now));
    }
    row.status = Set(status);
    row.version = Set(previous.version + 1);
    if animal.dated {
        row.seen_at = Set(animal.seen_at);
    }
    describe(&mut row, on, animal);
    pets::unowned_place_columns(deps, &mut row, place, Some(&previous));
    row.search_text = Set(pets::search_text(&row));
    row
}

/// The file has the word where it says that an animal has left, or came in anew, or is back in a snapshot after it was
/// missing from one. Otherwise what people said here since then stands: many files never tell of outcomes.
fn status_after(previous: &pet::Model, animal: &ImportedAnimal) -> PetStatus {
    let came_anew = animal.dated && previous.seen_at < animal.seen_at;
    let was_missing = previous.import_hash.is_none();
    if pets::is_live(animal.status) && !came_anew && !was_missing {
        previous.status
    } else {
        animal.status
    }
}

fn describe(row: &mut pet::ActiveModel, on: Occasion, animal: &ImportedAnimal) {
    let raw_differs = |raw: &Option<String>, canonical: &Option<String>| {
        raw.clone()
            .filter(|raw| canonical.as_ref() != Some(raw))
            .map(|raw| cut(&raw, LONGEST_WORD))
    };
    row.kind = Set(animal.kind);
    row.species = Set(animal.species);
    row.name = Set(animal.name.as_deref().map(public).map(|name| cut(&name, LONGEST_WORD)));
    row.description = Set(animal
        .description
        .as_deref()
        .map(|text| cut(&public(text), LONGEST_TEXT)));
    row.breed_primary = Set(animal.breed.primary.clone());
    row.breed_secondary = Set(animal.breed.secondary.clone());
    row.breed_mixed = Set(animal.breed.mixed);
    row.breed_raw = Set(raw_differs(&animal.breed_raw, &animal.breed.primary));
    row.sex = Set(animal.sex);
    row.altered = Set(animal.altered);
    row.size = Set(animal.size);
    row.age_group = Set(animal.age_group);
    row.coat = Set(animal.coat);
    row.colors = Set(animal.colors);
    row.color_raw = Set(animal.color_raw.as_deref().map(|raw| cut(raw, LONGEST_WORD)));
    row.pattern = Set(animal.pattern);
    row.markings = Set(animal
        .markings
        .as_deref()
        .map(|marks| cut(&public(marks), LONGEST_MARKS)));
    row.weight_grams = Set(animal.weight_grams);
    row.microchipped = Set(animal.microchipped);
    row.microchip = Set(animal.microchip.clone());
    row.microchip_raw = Set(raw_differs(&animal.microchip_raw, &animal.microchip));
    row.intake_type = Set(animal.intake_type.as_deref().map(|word| cut(word, LONGEST_WORD)));
    row.import_hash = Set(Some(animal.fingerprint));
    row.import_id = Set(Some(on.import_id));
    row.updated_at = Set(on.now);
}

/// Without the phone numbers and addresses that files carry in free text.
fn public(text: &str) -> String {
    mask_contacts(text).text
}

fn cut(text: &str, letters: usize) -> String {
    without_zero(&text.chars().take(letters).collect::<String>())
}

/// PostgreSQL takes no zero character in a text.
pub(super) fn without_zero(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
