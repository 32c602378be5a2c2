//! An upper bound for the score of a pair if one side is only partly known.

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, PetKind, PetSize, Sex, Species},
};

use super::{
    Factor, PhotoEvidence, Reading, Subject, body, color, factors,
    marks::{self},
    street,
    words::TRUST,
};

/// Sums of the same numbers in a different order differ by less than this.
const ROUNDING: f64 = 1e-9;

/// Upper bound for the score of a report with another of the same species and with a different chip or none, of which
/// only the public part in memory is known. That part lacks marks, collar, description, weight, chip and address. Photos
/// are not in it: see [`at_most_with`].
pub fn at_most(own: &Subject, sketch: &Subject) -> f64 {
    at_most_with(own, sketch, None)
}

/// The same for a pair of whose photos this is known.
pub fn at_most_with(own: &Subject, sketch: &Subject, photo: Option<PhotoEvidence>) -> f64 {
    let (mine, theirs) = (&Reading::without_text(own), &Reading::without_text(sketch));
    let known = match own.kind {
        PetKind::Lost => factors::<()>(mine, theirs, photo),
        _ => factors::<()>(theirs, mine, photo),
    };
    let sum: f64 = known.iter().flatten().map(|factor| factor.weight).sum();
    sum + missing_marks(own)
        + missing_size(own, sketch, &known)
        + missing_text(own, sketch)
        + missing_street(own, sketch)
        + ROUNDING
}

/// What the same street would add.
fn missing_street(own: &Subject, sketch: &Subject) -> f64 {
    match own.address {
        Some(_) if street::may_tell(own, sketch) => street::SAME_STREET,
        _ => 0.0,
    }
}

/// The most that marks may add.
fn missing_marks(own: &Subject) -> f64 {
    match own.description {
        None if marks::is_silent(own) => 0.0,
        _ => marks::LIMITS.1,
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
