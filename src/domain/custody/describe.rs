//! What a report says of its animal, and what the shelter knows of it: the same columns.

use entity::{
    Timestamp,
    id::{ShelterAnimalId, ShelterId},
    pet, shelter_animal,
};
use sea_orm::ActiveValue::Set;

use crate::domain::pets;

/// Applies a macro to the columns that both tables have, except those for the age.
macro_rules! for_shared_columns {
    ($apply:ident!($from:expr, $to:expr)) => {
        $apply!(
            $from,
            $to,
            species,
            name,
            description,
            breed_primary,
            breed_secondary,
            breed_mixed,
            breed_raw,
            sex,
            altered,
            size,
            coat,
            colors,
            color_raw,
            pattern,
            markings,
            collar,
            weight_grams,
            microchipped,
            microchip,
            second_microchip,
            microchip_raw
        )
    };
}

/// Writes what is known of an animal into its report, with the words for searching. The row has its place already.
pub fn report_columns(row: &mut pet::ActiveModel, animal: &shelter_animal::Model, now: Timestamp) {
    macro_rules! set {
        ($from:expr, $to:expr, $($column:ident),*) => { $($to.$column = Set($from.$column.clone());)* };
    }
    for_shared_columns!(set!(animal, row));
    match animal.birth_date {
        Some(born) => pets::age_columns(row, animal.species, born, now),
        None => (row.age_group, row.birth_date, row.ages_at) = (Set(animal.age_group), Set(None), Set(None)),
    }
    row.search_text = Set(pets::search_text(row));
}

/// Takes over what a report says of the animal.
pub(super) fn animal_columns(animal: &mut shelter_animal::Model, pet: &pet::Model) {
    macro_rules! set {
        ($from:expr, $to:expr, $($column:ident),*) => { $($to.$column = $from.$column.clone();)* };
    }
    for_shared_columns!(set!(pet, animal));
    animal.age_group = pet.age_group;
    animal.birth_date = pet.birth_date;
}

/// The record of an animal of which its shelter knows what a report says.
pub fn animal_of_report(
    pet: &pet::Model,
    (id, shelter_id): (ShelterAnimalId, ShelterId),
    now: Timestamp,
) -> shelter_animal::Model {
    let mut animal = shelter_animal::Model {
        id,
        shelter_id,
        source: String::new(),
        external_id: None,
        species: pet.species,
        name: None,
        description: None,
        breed_primary: None,
        breed_secondary: None,
        breed_mixed: pet.breed_mixed,
        breed_raw: None,
        sex: pet.sex,
        altered: pet.altered,
        size: pet.size,
        age_group: pet.age_group,
        birth_date: None,
        coat: pet.coat,
        colors: pet.colors,
        color_raw: None,
        pattern: pet.pattern,
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
        created_at: now,
        updated_at: now,
        version: 1,
    };
    animal_columns(&mut animal, pet);
    animal
}

/// The record of an animal that comes from another shelter: what is known of the animal, and nothing of how that shelter
/// keeps its files.
pub fn animal_of_other_shelter(
    animal: &shelter_animal::Model,
    (id, shelter_id): (ShelterAnimalId, ShelterId),
    now: Timestamp,
) -> shelter_animal::Model {
    shelter_animal::Model {
        id,
        shelter_id,
        source: String::new(),
        external_id: None,
        original_text: None,
        import_hash: None,
        import_id: None,
        created_at: now,
        updated_at: now,
        version: 1,
        ..animal.clone()
    }
}
