//! Looks up where the animals of a file were found.

use std::collections::HashMap;

use entity::{
    shelter,
    vocabulary::{PetKind, PlacePrecision},
};

use crate::{
    deps::Deps,
    domain::pets::{self, Located, LocationInput},
    kernel::Result,
};
use geometry::{Point, distance_meters};
use import_reader::ImportedAnimal;
use pet_vocabulary::fold;

/// Maximum number of places remembered: the towns and codes of a file, not all of its addresses.
const MOST: usize = 1_000;
/// Animals in a shelter's care do not come from towns farther away: the text then means a nearby street of that name.
const FARTHEST_TOWN_METERS: f64 = 300_000.0;
/// Maximum length of a place that is looked up, in characters.
const LONGEST: usize = 300;

/// Looks up places, each of them once.
pub(super) struct Places {
    known: HashMap<String, Located>,
    shelter: Located,
}

impl Places {
    /// An animal in the shelter's care whose place cannot be resolved is placed at the shelter.
    pub(super) fn new(shelter: &shelter::Model) -> Self {
        let point = shelter.latitude.zip(shelter.longitude);
        Self {
            known: HashMap::new(),
            shelter: Located {
                point: point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
                precision: PlacePrecision::Shelter,
                label: shelter.place_label.clone(),
                city: shelter.city.clone(),
                region: shelter.region.clone(),
                postal_code: shelter.postal_code.clone(),
                country: shelter.country.clone(),
                address: None,
            },
        }
    }

    /// The best place that a row gives: a point, a postal code, an address, or else, for an animal in its care, the
    /// shelter's own location.
    pub(super) fn of(&mut self, deps: &Deps, animal: &ImportedAnimal) -> Result<Located> {
        let address = animal.found_place.as_deref().map(shortened);
        if let Some((latitude, longitude)) = animal.point
            && let Ok(located) = pets::locate(deps, LocationInput::Point(latitude, longitude))
        {
            return Ok(Located { address, ..located });
        }
        let code = animal.postal_code.as_deref().map(shortened);
        let by_address = address.as_deref().and_then(|words| {
            let found = self.found(deps, words, LocationInput::Address);
            found.or_else(|| self.found_in_region(deps, words))
        });
        let is_exact = by_address
            .as_ref()
            .is_some_and(|located| located.precision == PlacePrecision::Postcode);
        let by_code = code.as_deref().filter(|_| !is_exact);
        let by_code = by_code.and_then(|code| self.found(deps, code, LocationInput::PostalCode));
        let by_address = by_address.filter(|located| animal.kind != PetKind::Sheltered || !self.is_far(located));
        let located = by_code.or(by_address).unwrap_or_else(|| match animal.kind {
            PetKind::Sheltered => self.shelter.clone(),
            PetKind::Lost | PetKind::Found | PetKind::Sighted => unresolved(code),
        });
        Ok(Located { address, ..located })
    }

    /// Whether a place is known only by the name of its town, and that town is far from the shelter.
    fn is_far(&self, located: &Located) -> bool {
        let points = self.shelter.point.zip(located.point);
        let is_far = points.is_some_and(|(shelter, town)| FARTHEST_TOWN_METERS < distance_meters(shelter, town));
        is_far && located.precision == PlacePrecision::City
    }

    /// The town at the end of the text, in the shelter's region: many files omit the state.
    fn found_in_region(&mut self, deps: &Deps, words: &str) -> Option<Located> {
        let region = self.shelter.region.as_deref()?;
        let town = words.rsplit(',').next()?.trim();
        let words = format!("{town}, {region}");
        let located = self.found(deps, &words, LocationInput::Address)?;
        let is_whole = located.city.as_deref().is_some_and(|city| fold(city) == fold(town));
        is_whole.then_some(located)
    }

    /// The place that the text names; remembers the result.
    fn found(&mut self, deps: &Deps, words: &str, input: fn(String) -> LocationInput) -> Option<Located> {
        if !self.known.contains_key(words) {
            // A place that is refused, such as a blank one, counts as none.
            let located = pets::locate(deps, input(words.to_owned())).ok()?;
            if MOST <= self.known.len() {
                self.known.clear();
            }
            self.known.insert(words.to_owned(), located);
        }
        self.known.get(words).filter(|located| located.point.is_some()).cloned()
    }
}

/// The place of a lost or found animal is unknown; the shelter's location says nothing about it.
fn unresolved(postal_code: Option<String>) -> Located {
    Located {
        point: None,
        precision: PlacePrecision::Unresolved,
        label: String::new(),
        city: None,
        region: None,
        postal_code,
        country: None,
        address: None,
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}
