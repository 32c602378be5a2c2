//! Compares distinguishing marks and collars as a trait on a part: a white left front paw, a red collar.
//!
//! Both texts are split into clauses. A body part and a trait in the same clause form a mark, on the sides that the
//! clause names. Other words count individually and less, unless they are stop words. Only letters are read: a number
//! in a text may be a phone or chip number, so it neither counts nor appears in an explanation.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Factor, Reading, Subject, Wording,
    words::{TRUST, clauses},
};

/// The same trait on the same part and the same side.
const SAME_PLACE: f64 = 2.4;
/// The same trait on the same part.
const SAME_PART: f64 = 1.8;
/// The same trait on the same part, but on opposite sides.
const OTHER_SIDE: f64 = -0.4;
/// Another word that both descriptions contain.
const SAME_WORD: f64 = 0.4;
/// Maximum number of shared words that count.
const MOST_WORDS: usize = 3;
/// Minimum and maximum weight of marks.
pub const LIMITS: (f64, f64) = (-0.5, 3.5);

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
const SIDES: [[&[&str]; 2]; 2] = [[&["left"], &["right"]], [&["front", "fore"], &["rear", "hind"]]];

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
type Mark = (&'static str, &'static str);
/// The sides of a mark, as canonical words of [`SIDES`].
type Sides = BTreeSet<&'static str>;

/// Marks that a text names.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Marks(BTreeMap<Mark, Sides>);

/// The marks and words of one report.
#[derive(Default)]
struct Description {
    marks: Marks,
    words: BTreeSet<String>,
}

/// Compares marks and collars, if both reports have any, in their fields or else in their descriptions. A missing one
/// has no weight.
pub fn marks<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if is_untold(lost) || is_untold(other) {
        return None;
    }
    let (one, two) = (describe(lost), describe(other));
    let mut found = Found::default();
    found.compare(&one.marks, &two.marks, 1.0);
    let (told, others) = (lost.marks_told(), other.marks_told());
    if let Some(others) = others {
        found.compare(&one.marks, others, TRUST);
    }
    if let Some(told) = told {
        found.compare(told, &two.marks, TRUST);
    }
    if let (Some(told), Some(others)) = (told, others) {
        found.compare(told, others, TRUST * TRUST);
    }
    let words: Vec<&String> = one.words.intersection(&two.words).take(MOST_WORDS).collect();
    found.weight += SAME_WORD * words.len() as f64;
    found.shared.extend(words.into_iter().cloned());

    let explanation = sentence(&found.shared, &found.opposed)?;
    Some(Factor::new("marks", found.weight.clamp(LIMITS.0, LIMITS.1), || {
        explanation
    }))
}

/// What two reports' marks have in common, so far.
#[derive(Default)]
struct Found {
    weight: f64,
    known: BTreeSet<Mark>,
    shared: Vec<String>,
    opposed: Vec<String>,
}

impl Found {
    /// Adds the marks that both have, unless they have been added: the first source of a mark counts.
    fn compare(&mut self, Marks(ones): &Marks, Marks(twos): &Marks, trust: f64) {
        for (mark, sides) in ones {
            let Some(weight) = twos.get(mark).map(|others| compare(sides, others)) else {
                continue;
            };
            if !self.known.insert(*mark) {
                continue;
            }
            self.weight += weight * trust;
            match () {
                () if weight < 0.0 => self.opposed.push(phrase(*mark, &NOWHERE)),
                () if weight == SAME_PLACE => self.shared.push(phrase(*mark, sides)),
                () => self.shared.push(phrase(*mark, &NOWHERE)),
            }
        }
    }
}

/// Whether neither the fields nor the text of a report name marks.
fn is_untold(reading: &Reading) -> bool {
    is_silent(reading) && reading.description.is_none()
}

/// Whether a report has no marks and no collar.
pub fn is_silent(subject: &Subject) -> bool {
    subject.markings.is_none() && subject.collar.is_none()
}

/// No sides named.
static NOWHERE: Sides = Sides::new();

/// The weight of the same trait on the same part, depending on the sides.
fn compare(one: &Sides, two: &Sides) -> f64 {
    let excluded = |sides: &Sides, others: &Sides, [first, second]: [&[&'static str]; 2]| {
        holds(sides, first) && !holds(sides, second) && holds(others, second) && !holds(others, first)
    };
    let opposed = SIDES
        .iter()
        .any(|pair| excluded(one, two, *pair) || excluded(two, one, *pair));
    match () {
        () if opposed => OTHER_SIDE,
        () if !one.is_empty() && one == two => SAME_PLACE,
        () => SAME_PART,
    }
}

fn holds(sides: &Sides, row: &[&'static str]) -> bool {
    row.first().is_some_and(|side| sides.contains(side))
}

/// What the fields say.
fn describe(subject: &Subject) -> Description {
    let mut description = Description::default();
    for clause in subject.markings.iter().flat_map(|text| clauses(text)) {
        description.add(&clause);
    }
    for mut clause in subject.collar.iter().flat_map(|text| clauses(text)) {
        if !clause.iter().any(|word| known(&PARTS, word).is_some()) {
            clause.push("collar".to_owned());
        }
        description.add(&clause);
    }
    description
}

impl Description {
    fn add(&mut self, clause: &[String]) {
        if is_denial(clause) {
            return;
        }
        self.marks.read(clause);
        let plain = clause.iter().filter(|word| is_telling(word)).cloned();
        self.words.extend(plain);
    }
}

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
fn is_telling(word: &str) -> bool {
    let length = word.chars().count();
    (3..=20).contains(&length)
        && !STOP_WORDS.contains(&word)
        && known(&PARTS, word).is_none()
        && known(&TRAITS, word).is_none()
        && known(SIDES.as_flattened(), word).is_none()
}

fn phrase((part, kind): Mark, sides: &Sides) -> String {
    let order = SIDES.as_flattened().iter().filter_map(|row| row.first().copied());
    let named = order.filter(|side| sides.contains(side));
    std::iter::once(kind)
        .chain(named)
        .chain([part])
        .collect::<Vec<_>>()
        .join(" ")
}

fn sentence(shared: &[String], opposed: &[String]) -> Option<String> {
    let (shared, opposed) = (shared.join(", "), opposed.join(", "));
    match (shared.is_empty(), opposed.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("Both descriptions mention: {shared}.")),
        (true, false) => Some(format!("Both descriptions mention {opposed}, but on different sides.")),
        (false, false) => Some(format!(
            "Both descriptions mention: {shared}; on different sides: {opposed}."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(text: &str) -> Description {
        let mut description = Description::default();
        for clause in clauses(text) {
            description.add(&clause);
        }
        description
    }

    #[test]
    fn a_mark_is_a_trait_on_a_part_with_its_sides() {
        let marks = described("White left front paw, notch in right ear. No scar on nose")
            .marks
            .0;
        let expected: BTreeMap<Mark, Sides> = BTreeMap::from([
            (("paw", "white"), Sides::from(["left", "front"])),
            (("ear", "notch"), Sides::from(["right"])),
        ]);
        assert_eq!(marks, expected);
    }

    #[test]
    fn the_same_side_counts_more_than_no_side_and_the_other_side_against() {
        let sides = |words: &[&'static str]| words.iter().copied().collect::<Sides>();
        assert_eq!(compare(&sides(&["left"]), &sides(&["left"])), SAME_PLACE);
        assert_eq!(compare(&sides(&["left"]), &sides(&[])), SAME_PART);
        assert_eq!(compare(&sides(&["left"]), &sides(&["right"])), OTHER_SIDE);
        assert_eq!(compare(&sides(&["left", "right"]), &sides(&["right"])), SAME_PART);
        assert_eq!(
            compare(&sides(&["left", "front"]), &sides(&["left", "rear"])),
            OTHER_SIDE
        );
    }

    #[test]
    fn stop_words_and_numbers_are_not_read() {
        assert_eq!(
            described("She has the 982000123456789 and a bell").words,
            BTreeSet::from(["bell".to_owned()])
        );
    }
}
