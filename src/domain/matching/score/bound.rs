//! An upper bound for the score of a pair if one side is only partly known.

use entity::vocabulary::{PetKind, PetSize, Species};

use super::{Factor, Subject, body, factors, marks};

/// Sums of the same numbers in a different order differ by less than this.
const ROUNDING: f64 = 1e-9;

/// Upper bound for the score of a report with another of the same species and with a different chip or none, of which
/// only the public part in memory is known. That part lacks marks, collar, weight and chip.
pub fn at_most(own: &Subject, sketch: &Subject) -> f64 {
    let known = match own.kind {
        PetKind::Lost => factors::<()>(own, sketch),
        _ => factors::<()>(sketch, own),
    };
    let sum: f64 = known.iter().flatten().map(|factor| factor.weight).sum();
    let marks = if marks::is_silent(own) { 0.0 } else { marks::LIMITS.1 };
    sum + marks + missing_size(own, sketch, &known) + ROUNDING
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
