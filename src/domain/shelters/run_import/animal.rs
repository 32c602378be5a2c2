//! Converts an imported animal to a row of the table.

use entity::{
    Timestamp,
    id::{ImportId, PetId, ShelterId},
    pet,
    vocabulary::{Altered, CoatLength, CoatPattern, PetSize, PetStatus},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use crate::{
    deps::Deps,
    domain::pets::{self, Located},
};
use import_reader::{Aspect, ImportedAnimal};

/// Maximum length of a shelter's own word in characters.
const LONGEST_WORD: usize = 200;

/// The import, the shelter and the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    pub(super) import_id: ImportId,
    pub(super) shelter_id: ShelterId,
    pub(super) now: Timestamp,
}

/// An animal that the shelter has not sent before. If it has left and the file does not say when, it counts as gone
/// since its intake.
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
    describe(&mut row, on, animal, true);
    pets::unowned_place_columns(deps, &mut row, place, None);
    row.search_text = Set(pets::search_text(&row));
    row
}

/// An animal whose row has changed. Values that the file says nothing about stay as they are.
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
    describe(&mut row, on, animal, false);
    if animal.tells(Aspect::Place) {
        pets::unowned_place_columns(deps, &mut row, place, Some(&previous));
    }
    row.search_text = Set(pets::search_text(&row));
    row
}

/// The file decides if it says that an animal has left, was taken in anew, or is back in a snapshot after it was
/// missing from one. Otherwise later changes by people take precedence: many files never mention outcomes.
fn status_after(previous: &pet::Model, animal: &ImportedAnimal) -> PetStatus {
    let came_anew = animal.dated && previous.seen_at < animal.seen_at;
    let was_missing = previous.import_hash.is_none();
    if pets::is_live(animal.status) && !came_anew && !was_missing {
        previous.status
    } else {
        animal.status
    }
}

/// Writes what the row says; for a new animal, everything.
fn describe(row: &mut pet::ActiveModel, on: Occasion, animal: &ImportedAnimal, is_new: bool) {
    let tells = |aspect| is_new || animal.tells(aspect);
    row.species = Set(animal.species);
    if tells(Aspect::Kind) {
        row.kind = Set(animal.kind);
    }
    if tells(Aspect::Name) {
        row.name = Set(animal.name.as_deref().map(|name| cut(name, LONGEST_WORD)));
    }
    if tells(Aspect::Breed) {
        row.breed_primary = Set(animal.breed.primary.clone());
        row.breed_secondary = Set(animal.breed.secondary.clone());
        row.breed_mixed = Set(animal.breed.mixed);
        row.breed_raw = Set(raw_where_differs(&animal.breed_raw, animal.breed.primary.as_deref()));
    }
    if tells(Aspect::Microchip) {
        let [first, second] = [0, 1].map(|at| animal.microchips.get(at).cloned());
        row.microchipped = Set(animal.microchipped);
        row.microchip_raw = Set(raw_where_differs(&animal.microchip_raw, first.as_deref()));
        (row.microchip, row.second_microchip) = (Set(first), Set(second));
    }
    if tells(Aspect::IntakeType) {
        row.intake_type = Set(animal.intake_type.as_deref().map(|word| cut(word, LONGEST_WORD)));
    }
    body(row, animal, &tells);
    age(row, on, animal, tells(Aspect::Age));
    words(row, animal, &tells);
    row.import_hash = Set(Some(animal.fingerprint));
    row.import_id = Set(Some(on.import_id));
    row.updated_at = Set(on.now);
}

/// Values derived from other columns or from the breed's name count if their own column is silent and they are unknown.
fn body(row: &mut pet::ActiveModel, animal: &ImportedAnimal, tells: &impl Fn(Aspect) -> bool) {
    let is = |known: Option<bool>| known.unwrap_or(true);
    if tells(Aspect::Sex) {
        row.sex = Set(animal.sex);
    }
    if tells(Aspect::Altered) || animal.altered != Altered::Unknown {
        row.altered = Set(animal.altered);
    }
    if tells(Aspect::Size) || is(row.size.try_as_ref().map(|size| *size == PetSize::Unknown)) {
        row.size = Set(animal.size);
    }
    if tells(Aspect::Coat) || is(row.coat.try_as_ref().map(|coat| *coat == CoatLength::Unknown)) {
        row.coat = Set(animal.coat);
    }
    if tells(Aspect::Pattern) || is(row.pattern.try_as_ref().map(|pattern| *pattern == CoatPattern::Unknown)) {
        row.pattern = Set(animal.pattern);
    }
    if tells(Aspect::Color) {
        row.colors = Set(animal.colors);
        row.color_raw = Set(animal.color_raw.as_deref().map(|raw| cut(raw, LONGEST_WORD)));
    }
    if tells(Aspect::Weight) {
        row.weight_grams = Set(animal.weight_grams);
    }
}

/// The age computed from the day of birth; without one, the age in words from the file.
fn age(row: &mut pet::ActiveModel, on: Occasion, animal: &ImportedAnimal, is_told: bool) {
    if let Some(born) = animal.birth_date {
        pets::age_columns(row, animal.species, born, on.now);
    } else if is_told {
        (row.age_group, row.birth_date, row.ages_at) = (Set(animal.age_group), Set(None), Set(None));
    }
}

fn words(row: &mut pet::ActiveModel, animal: &ImportedAnimal, tells: &impl Fn(Aspect) -> bool) {
    if tells(Aspect::Description) {
        row.description = Set(animal.description.as_deref().map(without_zero));
    }
    if tells(Aspect::Markings) {
        row.markings = Set(animal.markings.as_deref().map(without_zero));
    }
    if tells(Aspect::Description) || tells(Aspect::Markings) {
        row.original_text = Set(animal.original_text.as_deref().map(without_zero));
    }
}

/// The words as written, if they differ from the vocabulary's.
fn raw_where_differs(raw: &Option<String>, canonical: Option<&str>) -> Option<String> {
    let raw = raw.as_deref().filter(|raw| canonical != Some(*raw))?;
    Some(cut(raw, LONGEST_WORD))
}

fn cut(text: &str, letters: usize) -> String {
    without_zero(&text.chars().take(letters).collect::<String>())
}

/// PostgreSQL accepts no zero characters in text.
pub(super) fn without_zero(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
