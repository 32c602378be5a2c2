//! What a row says of an animal, as columns of the table.

use entity::{
    id::ShelterAnimalId,
    shelter_animal,
    vocabulary::{Altered, CoatLength, CoatPattern, PetSize},
};

use super::occasion::Occasion;
use crate::{deps::Deps, kernel::text::storable};
use import_reader::{Aspect, ImportedAnimal};

/// Maximum length of a shelter's own word in characters.
const LONGEST_WORD: usize = 200;

/// An animal that the shelter has not sent before.
pub(super) fn created(deps: &Deps, on: &Occasion, animal: &ImportedAnimal) -> shelter_animal::Model {
    let mut row = shelter_animal::Model {
        id: ShelterAnimalId(deps.ids.uuid(on.now)),
        shelter_id: on.shelter_id,
        source: on.source.clone(),
        external_id: Some(storable(&animal.external_id)),
        species: animal.species,
        name: None,
        description: None,
        breed_primary: None,
        breed_secondary: None,
        breed_mixed: false,
        breed_raw: None,
        sex: animal.sex,
        altered: animal.altered,
        size: animal.size,
        age_group: animal.age_group,
        birth_date: None,
        coat: animal.coat,
        colors: animal.colors,
        color_raw: None,
        pattern: animal.pattern,
        markings: None,
        collar: None,
        weight_grams: None,
        microchipped: None,
        microchip: None,
        second_microchip: None,
        microchip_raw: None,
        original_text: None,
        import_hash: None,
        import_id: None,
        created_at: on.now,
        updated_at: on.now,
        version: 0,
    };
    describe(&mut row, on, animal, true);
    row
}

/// Writes what the row says; for a new animal, everything. Values that the file says nothing about stay as they are.
pub(super) fn describe(row: &mut shelter_animal::Model, on: &Occasion, animal: &ImportedAnimal, is_new: bool) {
    let tells = |aspect| is_new || animal.tells(aspect);
    row.species = animal.species;
    if tells(Aspect::Name) {
        row.name = animal.name.as_deref().map(|name| cut(name, LONGEST_WORD));
    }
    if tells(Aspect::Breed) {
        row.breed_primary = animal.breed.primary.clone();
        row.breed_secondary = animal.breed.secondary.clone();
        row.breed_mixed = animal.breed.mixed;
        row.breed_raw = raw_where_differs(&animal.breed_raw, animal.breed.primary.as_deref());
    }
    if tells(Aspect::Microchip) {
        let [first, second] = [0, 1].map(|at| animal.microchips.get(at).cloned());
        row.microchipped = animal.microchipped;
        row.microchip_raw = raw_where_differs(&animal.microchip_raw, first.as_deref());
        (row.microchip, row.second_microchip) = (first, second);
    }
    body(row, animal, &tells);
    if animal.birth_date.is_some() {
        row.birth_date = animal.birth_date;
    } else if tells(Aspect::Age) {
        (row.age_group, row.birth_date) = (animal.age_group, None);
    }
    words(row, animal, &tells);
    row.import_hash = Some(animal.fingerprint);
    row.import_id = Some(on.import_id);
    row.updated_at = on.now;
    row.version += 1;
}

/// Values derived from other columns or from the breed's name count if their own column is silent and they are unknown.
fn body(row: &mut shelter_animal::Model, animal: &ImportedAnimal, tells: &impl Fn(Aspect) -> bool) {
    if tells(Aspect::Sex) {
        row.sex = animal.sex;
    }
    if tells(Aspect::Altered) || animal.altered != Altered::Unknown {
        row.altered = animal.altered;
    }
    if tells(Aspect::Size) || row.size == PetSize::Unknown {
        row.size = animal.size;
    }
    if tells(Aspect::Coat) || row.coat == CoatLength::Unknown {
        row.coat = animal.coat;
    }
    if tells(Aspect::Pattern) || row.pattern == CoatPattern::Unknown {
        row.pattern = animal.pattern;
    }
    if tells(Aspect::Color) {
        row.colors = animal.colors;
        row.color_raw = animal.color_raw.as_deref().map(|raw| cut(raw, LONGEST_WORD));
    }
    if tells(Aspect::Weight) {
        row.weight_grams = animal.weight_grams;
    }
}

fn words(row: &mut shelter_animal::Model, animal: &ImportedAnimal, tells: &impl Fn(Aspect) -> bool) {
    if tells(Aspect::Description) {
        row.description = animal.description.as_deref().map(storable);
    }
    if tells(Aspect::Markings) {
        row.markings = animal.markings.as_deref().map(storable);
    }
    if tells(Aspect::Description) || tells(Aspect::Markings) {
        row.original_text = animal.original_text.as_deref().map(storable);
    }
}

/// The words as written, if they differ from the vocabulary's.
fn raw_where_differs(raw: &Option<String>, canonical: Option<&str>) -> Option<String> {
    let raw = raw.as_deref().filter(|raw| canonical != Some(*raw))?;
    Some(cut(raw, LONGEST_WORD))
}

/// The beginning of a text.
pub(super) fn cut(text: &str, letters: usize) -> String {
    storable(&text.chars().take(letters).collect::<String>())
}
