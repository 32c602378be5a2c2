//! An upper bound for the score of a pair if one side is only partly known.

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, PetKind, PetSize, Sex, Species},
};

use super::{
    Factor, Reading, Subject, body, color, factors,
    signature::{MarksSignature, NamedMarks},
    street,
    words::TRUST,
};

/// Sums of the same numbers in a different order differ by less than this.
const ROUNDING: f64 = 1e-9;

/// What is in memory of a report: its public part without marks, collar, description, weight, chip and address, and the
/// signature of its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// The part in memory; the rest is empty.
    pub subject: Subject,
    /// Stands for its marks, collar and description.
    pub marks: MarksSignature,
}

impl Sketch {
    /// What a memory would have of a report.
    pub fn of(subject: &Subject) -> Self {
        Self {
            marks: MarksSignature::of(
                subject.markings.as_deref(),
                subject.collar.as_deref(),
                subject.description.as_deref(),
            ),
            subject: Subject {
                markings: None,
                collar: None,
                description: None,
                weight_grams: None,
                microchip: None,
                second_microchip: None,
                address: None,
                ..subject.clone()
            },
        }
    }
}

/// Upper bounds for the scores of one report with others.
pub struct UpperBound<'a> {
    own: &'a Subject,
    marks: NamedMarks,
}

impl<'a> UpperBound<'a> {
    /// For a report that is known in full.
    pub fn of(own: &'a Subject) -> Self {
        Self {
            own,
            marks: NamedMarks::of(
                own.markings.as_deref(),
                own.collar.as_deref(),
                own.description.as_deref(),
            ),
        }
    }

    /// The most that the pair with a report of the same species and with a different chip or none can score. Photos are
    /// not in it: add the weight of their evidence, if it is positive.
    pub fn with(&self, sketch: &Sketch) -> f64 {
        let (own, other) = (self.own, &sketch.subject);
        let (mine, theirs) = (&Reading::without_text(own), &Reading::without_text(other));
        let (lost, found) = match own.kind {
            PetKind::Lost => (mine, theirs),
            _ => (theirs, mine),
        };
        let known = factors::<()>(lost, found, None);
        let sum: f64 = known.iter().flatten().map(|factor| factor.weight).sum();
        sum + self.marks.at_most(sketch.marks)
            + missing_size(own, other, &known)
            + missing_text(own, other)
            + missing_street(own, other)
            + ROUNDING
    }
}

/// What the same street would add.
fn missing_street(own: &Subject, sketch: &Subject) -> f64 {
    match own.address {
        Some(_) if street::may_tell(own, sketch) => street::SAME_STREET,
        _ => 0.0,
    }
}

/// The extra weight that sizes may gain once weights are known: weights take precedence over sizes, and the size of a
/// weighed dog follows from its weight.
fn missing_size(own: &Subject, sketch: &Subject, known: &[Option<Factor<()>>]) -> f64 {
    let may_be_sized = sketch.species == Species::Dog && sketch.size == PetSize::Unknown;
    if body::weighed(own).is_none() && !may_be_sized {
        return 0.0;
    }
    let size = known.iter().flatten().find(|factor| factor.name == "size");
    (body::SIZE_EQUAL - size.map_or(0.0, |factor| factor.weight)).max(0.0)
}

/// The most that the texts may add where a field is unknown. The sketch may have a text, so only a trait that neither
/// the fields nor the text of the own report can tell is left out.
fn missing_text(own: &Subject, sketch: &Subject) -> f64 {
    let gain = |is_unknown: &dyn Fn(&Subject) -> bool, most: f64| {
        let is_told = !is_unknown(own) || own.description.is_some();
        let is_read = is_unknown(own) || is_unknown(sketch);
        if is_told && is_read { TRUST * most } else { 0.0 }
    };
    let is_sexless = |subject: &Subject| subject.sex == Sex::Unknown;
    let is_colorless = |subject: &Subject| subject.colors == ColorSet::default();
    let is_plain = |subject: &Subject| [CoatPattern::Unknown, CoatPattern::Other].contains(&subject.pattern);
    gain(&is_sexless, body::SEX_EQUAL) + gain(&is_colorless, color::MOST.0) + gain(&is_plain, color::MOST.1)
}
