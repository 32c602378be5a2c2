//! The street, where a shelter names one and only the town of a place is known.
//!
//! Addresses are private, so this is compared only between a lost report and an animal in a shelter's care, and callers
//! give the address of such an animal only if it belongs to a verified shelter: nobody learns the street of a lost report
//! by posting others. The house number is never read.

use std::collections::BTreeSet;

use entity::vocabulary::{PetKind, PlacePrecision};

use crate::{Factor, Reading, Subject, Wording};

/// The same street. Of 199 strays on a map and in the records of Austin's shelter, two thirds have it in both; of the
/// other pairs that fit as well 1 %.
pub const SAME_STREET: f64 = 3.0;

/// Kinds of streets and their abbreviations.
const KINDS: [(&str, &str); 26] = [
    ("avenue", "ave"),
    ("av", "ave"),
    ("bend", "bnd"),
    ("boulevard", "blvd"),
    ("circle", "cir"),
    ("court", "ct"),
    ("cove", "cv"),
    ("crossing", "xing"),
    ("drive", "dr"),
    ("expressway", "expy"),
    ("freeway", "fwy"),
    ("highway", "hwy"),
    ("lane", "ln"),
    ("loop", "loop"),
    ("parkway", "pkwy"),
    ("pass", "pass"),
    ("path", "path"),
    ("place", "pl"),
    ("road", "rd"),
    ("square", "sq"),
    ("street", "st"),
    ("terrace", "ter"),
    ("trail", "trl"),
    ("tr", "trl"),
    ("turnpike", "tpke"),
    ("way", "way"),
];
/// Words that are left out as often as not.
const DIRECTIONS: [&str; 8] = ["n", "e", "s", "w", "north", "east", "south", "west"];

/// Compares the streets, if both are named and the points do not tell more.
pub fn street<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if !may_tell(lost, other) {
        return None;
    }
    let (ones, twos) = (streets(lost.address.as_deref()?), streets(other.address.as_deref()?));
    let sentence = || "The shelter names a street that is in the address of the lost report too.";
    (!ones.is_disjoint(&twos)).then(|| Factor::new("street", SAME_STREET, sentence))
}

/// Whether the streets of two reports are compared, if both have some.
pub fn may_tell(one: &Subject, two: &Subject) -> bool {
    let is_vague = |subject: &Subject| !matches!(subject.precision, PlacePrecision::Point | PlacePrecision::Street);
    let is_sheltered = |subject: &Subject| subject.kind == PetKind::Sheltered;
    (is_sheltered(one) || is_sheltered(two)) && (is_vague(one) || is_vague(two))
}

/// The streets that an address names, such as `magin meadow dr` for "2501 Magin Meadow Drive in Austin (TX)".
fn streets(address: &str) -> BTreeSet<String> {
    let lower = address.to_lowercase().replace(" and ", " & ").replace(" at ", " & ");
    // What follows is the town.
    let before_town = lower.split(" in ").next().unwrap_or_default();
    let parts = before_town.split([',', ';', '&', '/', '@', '\n']);
    parts.filter_map(street_of).collect()
}

/// The name up to the kind of street, without house number, unit and direction.
fn street_of(part: &str) -> Option<String> {
    let words = part.split(|letter: char| !letter.is_alphanumeric());
    let mut name: Vec<&str> = Vec::new();
    for word in words.filter(|word| !word.is_empty() && !DIRECTIONS.contains(word)) {
        let kind = KINDS.iter().find(|(long, short)| *long == word || *short == word);
        match kind {
            Some((_, kind)) if !name.is_empty() => {
                name.push(kind);
                return Some(name.join(" "));
            }
            _ if name.is_empty() && is_number(word) => {}
            _ => name.push(word),
        }
    }
    None
}

/// Whether it is a number without letters; `5th` is the name of a street.
fn is_number(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_the_same_however_it_is_written() {
        for address in [
            "2501 Magin Meadow Dr in Austin (TX)",
            "MAGIN MEADOW DRIVE AUSTIN 78744",
            "17 N. Magin Meadow Drive, Apt 4, Austin, TX",
            "Slaughter Lane and Magin Meadow Dr",
        ] {
            assert!(streets(address).contains("magin meadow dr"), "{address}");
        }
        assert_eq!(streets("E 5th St & Lamar Blvd").len(), 2);
    }

    #[test]
    fn a_town_is_no_street() {
        for address in [
            "Austin (TX)",
            "78744",
            "Outside Jurisdiction",
            "Austin, TX",
            "Drive in, Texas",
        ] {
            assert_eq!(streets(address), BTreeSet::new(), "{address}");
        }
    }
}
