//! Which marks two reports can have in common, told from 64 bits of one of them.
//!
//! Superimposed coding, as in signature files: each mark and word sets one bit. Two that share a bit can be different, but
//! the same one always sets the same bit, so the bits give an upper bound.

use super::{
    description::marks_in,
    marks::{LIMITS, MOST_WORDS, SAME_PLACE, SAME_WORD, describe},
    named_marks::{Mark, Marks},
    words::TRUST,
};

/// Bits for marks; the others are for words.
const MARK_BITS: u64 = 40;

/// The marks and words of a report, as 64 bits. It is made of public texts only.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct MarksSignature(pub u64);

impl MarksSignature {
    /// Of a report's marks, collar and description.
    pub fn of(markings: Option<&str>, collar: Option<&str>, description: Option<&str>) -> Self {
        NamedMarks::of(markings, collar, description).signature()
    }
}

/// What a report names.
pub struct NamedMarks {
    /// The bit of each mark, and the most that it may weigh.
    marks: Vec<(u64, f64)>,
    /// The bit of each other word that counts.
    words: Vec<u64>,
}

impl NamedMarks {
    /// Of a report's marks, collar and description.
    pub fn of(markings: Option<&str>, collar: Option<&str>, description: Option<&str>) -> Self {
        let fields = describe(markings, collar);
        let Marks(told) = description.map(marks_in).unwrap_or_default();
        let told = told.keys().filter(|mark| !fields.marks.0.contains_key(*mark));
        let marks = fields.marks.0.keys().map(|mark| (mark_bit(mark), SAME_PLACE));
        let marks = marks.chain(told.map(|mark| (mark_bit(mark), SAME_PLACE * TRUST)));
        Self {
            marks: marks.collect(),
            words: fields.words.iter().map(|word| word_bit(word)).collect(),
        }
    }

    fn signature(&self) -> MarksSignature {
        let marks = self.marks.iter().map(|(bit, _)| bit);
        MarksSignature(marks.chain(&self.words).fold(0, |bits, bit| bits | bit))
    }

    /// The most that the marks weigh beside a report with this signature.
    pub fn at_most(&self, MarksSignature(theirs): MarksSignature) -> f64 {
        let marks = self.marks.iter().filter(|(bit, _)| bit & theirs != 0);
        let marks: f64 = marks.map(|(_, weight)| weight).sum();
        let words = self.words.iter().filter(|bit| *bit & theirs != 0).count();
        (marks + SAME_WORD * words.min(MOST_WORDS) as f64).min(LIMITS.1)
    }
}

fn mark_bit((part, kind): &Mark) -> u64 {
    1 << (hash([part, " ", kind]) % MARK_BITS)
}

fn word_bit(word: &str) -> u64 {
    1 << (MARK_BITS + hash([word]) % (u64::from(u64::BITS) - MARK_BITS))
}

/// FNV-1a, the same on every machine.
fn hash<const N: usize>(texts: [&str; N]) -> u64 {
    let bytes = texts.into_iter().flat_map(str::bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
