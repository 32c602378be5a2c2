//! Compares distinguishing marks and collars as a trait on a part: a white left front paw, a red collar.
//!
//! Both texts are split into clauses. A body part and a trait in the same clause form a mark, on the sides that the
//! clause names. Other words count individually and less, unless they are stop words. Only letters are read: a number
//! in a text may be a phone or chip number, so it neither counts nor appears in an explanation.

use std::collections::{BTreeMap, BTreeSet};

use super::{Factor, Subject, Wording};

/// The same trait on the same part and the same side.
const SAME_PLACE: f64 = 1.2;
/// The same trait on the same part.
const SAME_PART: f64 = 0.7;
/// The same trait on the same part, but on opposite sides.
const OTHER_SIDE: f64 = -0.4;
/// Another word that both descriptions contain.
const SAME_WORD: f64 = 0.4;
/// Maximum number of shared words that count.
const MOST_WORDS: usize = 3;
/// Minimum and maximum weight of marks.
pub(super) const LIMITS: (f64, f64) = (-0.5, 3.0);

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

/// The marks and words of one report.
#[derive(Default)]
struct Description {
    marks: BTreeMap<Mark, Sides>,
    words: BTreeSet<String>,
}

/// Compares marks and collars, if both reports have any. A missing description on one side has no weight.
pub fn marks<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    if is_silent(lost) || is_silent(other) {
        return None;
    }
    let (one, two) = (describe(lost), describe(other));
    let mut weight = 0.0;
    let mut shared = Vec::new();
    let mut opposed = Vec::new();
    for (mark, sides) in &one.marks {
        match two.marks.get(mark).map(|others| compare(sides, others)) {
            Some(found) if found < 0.0 => {
                weight += found;
                opposed.push(phrase(*mark, &Sides::new()));
            }
            Some(found) => {
                weight += found;
                shared.push(phrase(*mark, if found == SAME_PLACE { sides } else { &NOWHERE }));
            }
            None => {}
        }
    }
    let words: Vec<&String> = one.words.intersection(&two.words).take(MOST_WORDS).collect();
    weight += SAME_WORD * words.len() as f64;
    shared.extend(words.into_iter().cloned());

    let explanation = sentence(&shared, &opposed)?;
    Some(Factor::new("marks", weight.clamp(LIMITS.0, LIMITS.1), || explanation))
}

/// Whether a report has no marks and no collar.
pub(super) fn is_silent(subject: &Subject) -> bool {
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
        if clause.iter().any(|word| DENIALS.contains(&word.as_str())) {
            return;
        }
        let sides: Sides = clause
            .iter()
            .filter_map(|word| known(SIDES.as_flattened(), word))
            .collect();
        for part in clause.iter().filter_map(|word| known(&PARTS, word)) {
            for kind in clause.iter().filter_map(|word| known(&TRAITS, word)) {
                self.marks.entry((part, kind)).or_default().extend(&sides);
            }
        }
        let plain = clause.iter().filter(|word| is_telling(word)).cloned();
        self.words.extend(plain);
    }
}

/// The words of each clause in lower case, without digits and punctuation.
fn clauses(text: &str) -> Vec<Vec<String>> {
    let lower = text.to_lowercase();
    lower
        .split([',', ';', '.', '/', '\n', '&', '+'])
        .map(|clause| {
            let words = clause.split(|letter: char| !letter.is_alphabetic());
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .flat_map(|words| {
            words
                .split(|word| word == "and")
                .map(<[String]>::to_vec)
                .collect::<Vec<_>>()
        })
        .filter(|clause| !clause.is_empty())
        .collect()
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
        let marks = described("White left front paw, notch in right ear. No scar on nose").marks;
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
