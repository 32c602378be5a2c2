//! Looks up where the animals of a file were found.

use std::collections::HashMap;

use entity::{
    shelter,
    vocabulary::{PetKind, PlacePrecision},
};

use crate::{
    deps::Deps,
    domain::{
        custody,
        pets::{self, Located, LocationInput},
        places::Names,
    },
    kernel::Result,
};
use geometry::distance_meters;
use import_reader::{ImportedAnimal, RowWarning};

/// Maximum number of places remembered: the towns and codes of a file, not all of its addresses.
const MOST: usize = 1_000;
/// Animals in a shelter's care do not come from towns farther away: the text then means a nearby street of that name.
const FARTHEST_TOWN_METERS: f64 = 300_000.0;
/// A point farther than this from what the words beside it name is another one.
const FARTHEST_FROM_WORDS_METERS: f64 = 100_000.0;
/// Maximum length of a place that is looked up, in characters.
const LONGEST: usize = 300;
/// Maximum length of a place in a warning, in characters.
const LONGEST_VALUE: usize = 200;

/// Looks up places, each of them once.
pub(in crate::domain::shelters::run_import) struct Places {
    known: HashMap<String, Located>,
    shelter: Located,
}

impl Places {
    /// An animal in the shelter's care whose place cannot be resolved is placed at the shelter.
    pub(in crate::domain::shelters::run_import) fn new(shelter: &shelter::Model) -> Self {
        Self {
            known: HashMap::new(),
            shelter: custody::place_of(shelter),
        }
    }

    /// The best place that a row gives: a point, a postal code, an address, or else, for an animal in its care, the
    /// shelter's own location.
    pub(super) fn of(&mut self, deps: &Deps, animal: &ImportedAnimal) -> Result<Located> {
        let address = animal.found_place.as_deref().map(shortened);
        let code = animal.postal_code.as_deref().map(shortened);
        let by_words = self.by_words(deps, animal.kind, (address.as_deref(), code.as_deref()));
        let by_point = self.by_point(deps, animal, by_words.as_ref());
        let located = by_point.or(by_words).unwrap_or_else(|| match animal.kind {
            PetKind::Sheltered => self.shelter.clone(),
            PetKind::Lost | PetKind::Found | PetKind::Sighted => self.unresolved(code),
        });
        Ok(Located { address, ..located })
    }

    /// A warning for a row whose place is given and not understood. An animal in the shelter's care stands there instead.
    pub(super) fn warning(&mut self, deps: &Deps, animal: &ImportedAnimal) -> Result<Option<RowWarning>> {
        let given = animal.found_place.as_ref().or(animal.postal_code.as_ref());
        let Some(value) = given.filter(|_| animal.kind != PetKind::Sheltered) else {
            return Ok(None);
        };
        let is_unresolved = self.of(deps, animal)?.precision == PlacePrecision::Unresolved;
        Ok(is_unresolved.then(|| RowWarning {
            column: String::new(),
            value: value.chars().take(LONGEST_VALUE).collect(),
            message:
                "this place is not understood, so the animal is not on the map: add a postal code, or a town and its \
                      state, or the latitude and longitude"
                    .to_owned(),
        }))
    }

    /// The point of a row, unless it is far from the shelter and from what the row's words name: geocoders find streets
    /// of the same name in other states.
    fn by_point(&self, deps: &Deps, animal: &ImportedAnimal, by_words: Option<&Located>) -> Option<Located> {
        let (latitude, longitude) = animal.point?;
        let located = pets::locate(deps, LocationInput::Point(latitude, longitude)).ok()?;
        let confirms = |words: &Located| !is_farther(words, &located, FARTHEST_FROM_WORDS_METERS);
        let is_trusted = !is_farther(&self.shelter, &located, FARTHEST_TOWN_METERS) || by_words.is_some_and(confirms);
        is_trusted.then_some(located)
    }

    /// The place that the address or the postal code of a row names. A postal code counts before a town.
    fn by_words(
        &mut self,
        deps: &Deps,
        kind: PetKind,
        (address, code): (Option<&str>, Option<&str>),
    ) -> Option<Located> {
        let region = self.shelter.region.clone();
        let by_address =
            address.and_then(|words| self.found(words, || pets::locate_in(deps, words, region.as_deref())));
        let by_address = by_address.filter(|located| !self.is_doubtful(kind, located));
        let is_town = by_address
            .as_ref()
            .is_none_or(|located| located.precision == PlacePrecision::City);
        let by_code = code
            .filter(|_| is_town)
            .and_then(|code| self.found(code, || pets::locate(deps, LocationInput::PostalCode(code.to_owned()))));
        by_code.or(by_address)
    }

    /// Whether a place that an address seems to name is too far from the shelter to be true: a town, if the animal is in
    /// its care, or written coordinates.
    fn is_doubtful(&self, kind: PetKind, located: &Located) -> bool {
        let may_be_wrong = match located.precision {
            PlacePrecision::City => kind == PetKind::Sheltered,
            PlacePrecision::Point => true,
            _ => false,
        };
        may_be_wrong && is_farther(&self.shelter, located, FARTHEST_TOWN_METERS)
    }

    /// The place that these words name; remembers the result.
    fn found(&mut self, words: &str, locate: impl FnOnce() -> Result<Located>) -> Option<Located> {
        if !self.known.contains_key(words) {
            // A place that is refused, such as a blank one, counts as none.
            let located = locate().ok()?;
            if MOST <= self.known.len() {
                self.known.clear();
            }
            self.known.insert(words.to_owned(), located);
        }
        self.known.get(words).filter(|located| located.point.is_some()).cloned()
    }

    /// The place of a lost or found animal is unknown. The shelter's location says nothing about it but the state.
    fn unresolved(&self, postal_code: Option<String>) -> Located {
        let names = Names {
            postal_code,
            label: self.shelter.region.clone().unwrap_or_else(|| Names::unknown().label),
            region: self.shelter.region.clone(),
            country: self.shelter.country.clone(),
            city: None,
        };
        Located::new(None, PlacePrecision::Unresolved, names, None)
    }
}

/// Whether two places are known to be farther from each other than a distance in metres.
fn is_farther(one: &Located, other: &Located, meters: f64) -> bool {
    let points = one.point.zip(other.point);
    points.is_some_and(|(one, other)| meters < distance_meters(one, other))
}

fn shortened(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}
