//! Compares distinguishing marks and collars as a trait on a part: a white left front paw, a red collar.
//!
//! Both texts are split into clauses. A body part and a trait in the same clause form a mark, on the sides that the
//! clause names. Other words count individually and less, unless they are stop words. Only letters are read: a number
//! in a text may be a phone or chip number, so it neither counts nor appears in an explanation.

use std::collections::BTreeSet;

use crate::{
    Factor, Reading, Subject, Wording,
    named_marks::{Mark, Marks, SIDES, Sides, is_denial, is_part, is_telling, phrase},
    words::{TRUST, clauses},
};

/// The same trait on the same part and the same side.
pub const SAME_PLACE: f64 = 2.8;
/// The same trait on the same part.
const SAME_PART: f64 = 2.4;
/// The same trait on the same part, but on opposite sides.
const OTHER_SIDE: f64 = -0.4;
/// Another word that both descriptions contain.
pub const SAME_WORD: f64 = 0.4;
/// Maximum number of shared words that count.
pub const MOST_WORDS: usize = 3;
/// Minimum and maximum weight of marks.
pub const LIMITS: (f64, f64) = (-0.5, 4.0);

/// The marks and words in the fields of one report.
#[derive(Default)]
pub struct Description {
    /// The marks.
    pub marks: Marks,
    /// Other words that count.
    pub words: BTreeSet<String>,
}

/// Compares marks and collars, if both reports have any, in their fields or else in their descriptions. A missing one
/// has no weight.
pub fn marks<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if is_untold(lost) || is_untold(other) {
        return None;
    }
    let fields = |subject: &Subject| describe(subject.markings.as_deref(), subject.collar.as_deref());
    let (one, two) = (fields(lost), fields(other));
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
fn is_silent(subject: &Subject) -> bool {
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

/// What the fields for marks and for the collar say.
pub fn describe(markings: Option<&str>, collar: Option<&str>) -> Description {
    let mut description = Description::default();
    for clause in markings.into_iter().flat_map(clauses) {
        description.add(&clause);
    }
    for mut clause in collar.into_iter().flat_map(clauses) {
        if !clause.iter().any(|word| is_part(word)) {
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
    use std::collections::BTreeMap;

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
