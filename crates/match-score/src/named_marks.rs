//! Marks that a text names: a trait on a part of an animal, such as a white left front paw.

use std::collections::{BTreeMap, BTreeSet};

/// Parts of an animal and things it wears. The first word of each list is the canonical form.
const PARTS: [&[&str]; 16] = [
    &[
        "paw", "paws", "foot", "feet", "leg", "legs", "toe", "toes", "sock", "socks", "mitten", "mittens",
    ],
    &["ear", "ears"],
    &["eye", "eyes"],
    &["tail"],
    &["chest", "bib"],
    &["nose", "snout", "muzzle"],
    &["face", "cheek", "cheeks"],
    &["head", "forehead"],
    &["belly", "stomach", "tummy"],
    &["back", "spine"],
    &["neck", "throat"],
    &["chin"],
    &["hip", "thigh"],
    &["tongue"],
    &["collar", "collars"],
    &["harness", "bandana", "vest"],
];

/// Traits of a part. The first word of each list is the canonical form.
const TRAITS: [&[&str]; 24] = [
    &["black"],
    &["white"],
    &["gray", "grey", "silver"],
    &["brown", "chocolate"],
    &["red"],
    &["orange", "ginger"],
    &["tan"],
    &["blue"],
    &["green"],
    &["pink"],
    &["purple"],
    &["yellow", "gold", "golden"],
    &["scar", "scars", "scarred"],
    &["notch", "notched", "tipped", "nick", "nicked", "torn"],
    &["spot", "spots", "spotted"],
    &["patch", "patches"],
    &["stripe", "striped", "stripes"],
    &["docked", "bobbed", "stub", "stubby"],
    &["crooked", "kinked", "bent"],
    &["missing", "lost"],
    &["blind", "cloudy"],
    &["limp", "limping", "lame"],
    &["floppy", "folded"],
    &["curled", "curly"],
];

/// Sides; the words in one row exclude each other.
pub const SIDES: [[&[&str]; 2]; 2] = [[&["left"], &["right"]], [&["front", "fore"], &["rear", "hind"]]];

/// A clause with one of these words says that something is absent.
const DENIALS: [&str; 5] = ["no", "not", "without", "none", "never"];

/// Words that can occur in any description.
const STOP_WORDS: [&str; 48] = [
    "about", "all", "also", "and", "animal", "are", "around", "bit", "but", "cat", "coat", "color", "colored", "dog",
    "fur", "had", "hair", "has", "have", "her", "his", "its", "kind", "kitten", "kitty", "like", "little", "mark",
    "marking", "markings", "marks", "one", "only", "over", "pet", "puppy", "she", "side", "small", "some", "that",
    "the", "two", "very", "was", "wearing", "who", "with",
];

/// A body part and a trait.
pub type Mark = (&'static str, &'static str);
/// The sides of a mark, as canonical words of [`SIDES`].
pub type Sides = BTreeSet<&'static str>;

/// Marks that a text names.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Marks(pub BTreeMap<Mark, Sides>);

impl Marks {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the marks in a clause.
    pub fn read(&mut self, clause: &[String]) {
        let sides: Sides = clause
            .iter()
            .filter_map(|word| known(SIDES.as_flattened(), word))
            .collect();
        for part in clause.iter().filter_map(|word| known(&PARTS, word)) {
            for kind in clause.iter().filter_map(|word| known(&TRAITS, word)) {
                self.0.entry((part, kind)).or_default().extend(&sides);
            }
        }
    }
}

/// Whether a clause says that something is absent.
pub fn is_denial(clause: &[String]) -> bool {
    clause.iter().any(|word| DENIALS.contains(&word.as_str()))
}

/// Whether a word names a part of an animal or a thing that it wears.
pub fn is_part(word: &str) -> bool {
    known(&PARTS, word).is_some()
}

/// The canonical form of a word, if it is in the table.
fn known(table: &[&[&'static str]], word: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|row| row.contains(&word))
        .and_then(|row| row.first().copied())
}

/// Whether a word counts by itself.
pub fn is_telling(word: &str) -> bool {
    let length = word.chars().count();
    (3..=20).contains(&length)
        && !STOP_WORDS.contains(&word)
        && known(&PARTS, word).is_none()
        && known(&TRAITS, word).is_none()
        && known(SIDES.as_flattened(), word).is_none()
}

/// The mark in words, with its sides.
pub fn phrase((part, kind): Mark, sides: &Sides) -> String {
    let order = SIDES.as_flattened().iter().filter_map(|row| row.first().copied());
    let named = order.filter(|side| sides.contains(side));
    std::iter::once(kind)
        .chain(named)
        .chain([part])
        .collect::<Vec<_>>()
        .join(" ")
}
