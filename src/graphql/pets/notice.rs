//! What the author of a report or sighting is told that was saved otherwise than they may expect.

use entity::{pet, sighting, vocabulary::PlacePrecision};

use crate::{deps::Deps, domain::pets};

/// Maximum number of characters that are repeated of a place, so that a notice stays short.
const LONGEST_QUOTE: usize = 60;

/// A place as it was stored.
pub(super) struct StoredPlace<'a> {
    precision: PlacePrecision,
    /// The words that were given.
    given: Option<&'a str>,
    label: &'a str,
}

impl<'a> From<&'a pet::Model> for StoredPlace<'a> {
    fn from(pet: &'a pet::Model) -> Self {
        Self {
            precision: pet.precision,
            given: pet.address.as_deref().or(pet.postal_code.as_deref()),
            label: &pet.place_label,
        }
    }
}

impl<'a> From<&'a sighting::Model> for StoredPlace<'a> {
    fn from(sighting: &'a sighting::Model) -> Self {
        Self {
            precision: sighting.precision,
            given: sighting.address.as_deref().or(sighting.postal_code.as_deref()),
            label: &sighting.place_label,
        }
    }
}

/// Tells what was hidden, and what of the place that was given, if one was, is not understood.
pub(super) fn notice(deps: &Deps, contacts_hidden: usize, place: Option<StoredPlace<'_>>) -> Option<String> {
    let hidden = what_was_hidden(contacts_hidden);
    let lost = place.and_then(|place| what_is_not_understood(deps, &place));
    let notices: Vec<String> = hidden.into_iter().chain(lost).collect();
    (!notices.is_empty()).then(|| notices.join(" "))
}

fn what_was_hidden(contacts: usize) -> Option<String> {
    let what = match contacts {
        0 => return None,
        1 => "A phone number or e-mail address was hidden".to_owned(),
        more => format!("{more} phone numbers or e-mail addresses were hidden"),
    };
    Some(format!(
        "{what}, because everybody can read this text. People can reach you through the chat."
    ))
}

fn what_is_not_understood(deps: &Deps, place: &StoredPlace<'_>) -> Option<String> {
    let given = place.given.unwrap_or_default();
    let words = quoted(given);
    if pets::is_only_its_town(deps, place.precision, given) {
        return Some(format!(
            "Of the location {words} only the town was understood, {}, so the map shows a wide circle: add a postal code, \
             or set the point on the map.",
            place.label
        ));
    }
    if place.precision != PlacePrecision::Unresolved {
        return None;
    }
    let why = match pets::towns_meant(deps, given).as_slice() {
        [] => format!("The location {words} could not be found"),
        several => format!("The location can be several places, such as {}", several.join("; ")),
    };
    Some(format!(
        "{why}, so it is not on the map: set the point on the map, add a postal code, or give an address with its town \
         and state."
    ))
}

fn quoted(words: &str) -> String {
    let cut: String = words.chars().take(LONGEST_QUOTE).collect();
    let end = if cut.len() < words.len() { "…" } else { "" };
    format!("\u{201c}{cut}{end}\u{201d}")
}
