//! Breeds as people write them.

use entity::{
    pet,
    vocabulary::{CoatLength, CoatPattern, PetSize, Species},
};
use sea_orm::ActiveValue::{self, Set};

use super::{
    checks::Faults,
    input::{BreedWords, Change, Details},
};
use crate::kernel::text;
use pet_vocabulary::{NormalisedBreed, fold, normalise_breed};

/// Writes the breed under the names of the vocabulary and keeps the words beside them where they differ. A new species
/// reads the words anew.
pub(super) fn apply(row: &mut pet::ActiveModel, details: &Details, previous: Option<&pet::Model>, faults: &mut Faults) {
    let words = match (&details.breed, previous) {
        (Change::To(words), _) => words.clone(),
        (Change::Clear, _) => BreedWords::default(),
        (Change::Keep, Some(pet)) if details.species.is_some_and(|species| species != pet.species) => words_of(pet),
        (Change::Keep, _) => return,
    };
    let species = details.species.or(previous.map(|pet| pet.species));
    let Some(words) = checked(words, faults) else { return };
    write(row, species.unwrap_or(Species::Other), words);
}

/// The words that a stored breed came from.
fn words_of(pet: &pet::Model) -> BreedWords {
    BreedWords {
        primary: pet.breed_raw.clone().or_else(|| pet.breed_primary.clone()),
        secondary: pet.breed_secondary.clone().filter(|_| pet.breed_raw.is_none()),
        mixed: pet.breed_mixed,
    }
}

fn checked(words: BreedWords, faults: &mut Faults) -> Option<BreedWords> {
    let mut part = |name: &str, raw: Option<String>| {
        let mut line = text::optional_line("breed", raw.as_deref(), 100);
        if let Err(fault) = &mut line {
            fault.path.push(name.to_owned());
        }
        let line = faults.note(line)?;
        Some(line.map(|line| faults.without_contacts(&line)))
    };
    let primary = part("primary", words.primary);
    let secondary = part("secondary", words.secondary);
    Some(BreedWords {
        primary: primary?,
        secondary: secondary?,
        mixed: words.mixed,
    })
}

fn write(row: &mut pet::ActiveModel, species: Species, words: BreedWords) {
    let read = |words: &Option<String>| words.as_deref().map(|words| normalise_breed(species, words));
    let first = read(&words.primary).unwrap_or_default();
    let second = read(&words.secondary).unwrap_or_default();
    let NormalisedBreed { primary, secondary, .. } = first.clone();
    let (primary, secondary) = match (primary, second.primary.clone().or(secondary)) {
        (None, Some(only)) => (Some(only), None),
        (primary, secondary) => (primary.clone(), secondary.filter(|name| Some(name) != primary.as_ref())),
    };

    let given: Vec<String> = [words.primary, words.secondary].into_iter().flatten().collect();
    let names: Vec<&str> = [&primary, &secondary]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    // Of two breeds only that counts which fits both.
    let both = normalise_breed(species, &given.join(" / "));
    let differs = fold(&given.join(" ")) != fold(&names.join(" "));
    row.breed_raw = Set((differs && !given.is_empty()).then(|| given.join(" / ")));
    row.breed_mixed = Set(words.mixed || first.mixed || second.mixed || secondary.is_some());
    row.breed_primary = Set(primary);
    row.breed_secondary = Set(secondary);

    fill(&mut row.coat, CoatLength::Unknown, both.coat);
    fill(&mut row.pattern, CoatPattern::Unknown, both.pattern);
    fill(&mut row.size, PetSize::Unknown, both.size);
}

/// What the name of a breed tells counts where nobody has said otherwise.
fn fill<T: Clone + PartialEq + Into<sea_orm::Value>>(column: &mut ActiveValue<T>, unknown: T, hint: Option<T>) {
    let is_unknown = match &*column {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => *value == unknown,
        ActiveValue::NotSet => true,
    };
    if let Some(hint) = hint.filter(|_| is_unknown) {
        *column = Set(hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(primary: &str, secondary: Option<&str>) -> pet::ActiveModel {
        let mut row = pet::ActiveModel::default();
        let words = BreedWords {
            primary: Some(primary.to_owned()),
            secondary: secondary.map(str::to_owned),
            mixed: false,
        };
        write(&mut row, Species::Dog, words);
        row
    }

    #[test]
    fn a_known_breed_needs_no_raw_words() {
        let row = written("Beagle", None);

        assert_eq!(row.breed_primary, Set(Some("Beagle".to_owned())));
        assert_eq!(row.breed_raw, Set(None));
        assert_eq!(row.breed_mixed, Set(false));
    }

    #[test]
    fn two_breeds_make_a_mix() {
        let row = written("beagle", Some("boxer"));

        assert_eq!(row.breed_secondary, Set(Some("Boxer".to_owned())));
        assert_eq!(row.breed_mixed, Set(true));
    }

    #[test]
    fn a_cross_has_no_size_that_only_one_of_its_breeds_has() {
        assert_eq!(written("Miniature Poodle", None).size, Set(PetSize::Small));
        assert_ne!(written("Miniature Poodle", Some("Labrador")).size, Set(PetSize::Small));
    }

    #[test]
    fn unknown_words_are_kept() {
        let row = written("Sofa Moose", None);

        assert_eq!(row.breed_primary, Set(None));
        assert_eq!(row.breed_raw, Set(Some("Sofa Moose".to_owned())));
    }

    #[test]
    fn the_name_of_a_breed_tells_the_coat_only_where_nobody_has_said() {
        let row = written("Chihuahua Longhair", None);

        assert_eq!(row.coat, Set(CoatLength::Long));
    }
}
