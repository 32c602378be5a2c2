//! Where the animals of a file were found.

use std::collections::HashMap;

use entity::{shelter, vocabulary::PlacePrecision};

use crate::{
    deps::Deps,
    domain::{
        pets::{self, Located, LocationInput},
        shelters::import_file::ImportedAnimal,
    },
    kernel::{Result, geo::Point},
};

/// Most different places that are remembered; a file has some thousands.
const MOST: usize = 10_000;
/// Longest place in characters that is looked up.
const LONGEST: usize = 300;

/// Looks places up, each of them once.
pub(super) struct Places {
    known: HashMap<String, Located>,
    shelter: Located,
}

impl Places {
    /// What cannot be resolved stands at the shelter.
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

    /// The best that a row says of its place: a point, an address, a postal code, or else the shelter's own place.
    pub(super) fn of(&mut self, deps: &Deps, animal: &ImportedAnimal) -> Result<Located> {
        let address = animal.found_place.as_deref().map(shortened);
        if let Some((latitude, longitude)) = animal.point
            && let Ok(located) = pets::locate(deps, LocationInput::Point(latitude, longitude))
        {
            return Ok(Located { address, ..located });
        }
        let code = animal.postal_code.as_deref().map(shortened);
        let located = match (&address, &code) {
            (Some(address), _) if self.is_found(deps, address, LocationInput::Address) => self.known.get(address),
            (_, Some(code)) if self.is_found(deps, code, LocationInput::PostalCode) => self.known.get(code),
            _ => None,
        };
        let located = located.unwrap_or(&self.shelter).clone();
        Ok(Located { address, ..located })
    }

    /// Whether the words name a place; remembers it.
    fn is_found(&mut self, deps: &Deps, words: &str, input: fn(String) -> LocationInput) -> bool {
        if !self.known.contains_key(words) {
            // A place that is refused, such as one of blanks, is as good as none.
            let Ok(located) = pets::locate(deps, input(words.to_owned())) else {
                return false;
            };
            if MOST <= self.known.len() {
                self.known.clear();
            }
            self.known.insert(words.to_owned(), located);
        }
        self.known.get(words).is_some_and(|located| located.point.is_some())
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}
