//! What a pair can score at most, when not all is known of one side.

use entity::vocabulary::{PetKind, PetSize, Species};

use super::{Factor, Subject, body, factors, marks};

/// Sums of the same numbers in another order differ by less.
const ROUNDING: f64 = 1e-9;

/// No more than this is the score of a report with another one of its species whose chip is not the same, of which only a
/// sketch is known: everything but marks, collar, weight and chip, which the sketch leaves empty.
pub fn at_most(own: &Subject, sketch: &Subject) -> f64 {
    let known = match own.kind {
        PetKind::Lost => factors::<()>(own, sketch),
        _ => factors::<()>(sketch, own),
    };
    let sum: f64 = known.iter().flatten().map(|factor| factor.weight).sum();
    let marks = if marks::is_silent(own) { 0.0 } else { marks::LIMITS.1 };
    sum + marks + missing_size(own, sketch, &known) + ROUNDING
}

/// How much more the sizes may say than they seem to: weights go before sizes, and a dog that was weighed has a size.
fn missing_size(own: &Subject, sketch: &Subject, known: &[Option<Factor<()>>]) -> f64 {
    let may_be_sized = sketch.species == Species::Dog && sketch.size == PetSize::Unknown;
    if body::weighed(own).is_none() && !may_be_sized {
        return 0.0;
    }
    let size = known.iter().flatten().find(|factor| factor.name == "size");
    (body::SIZE_EQUAL - size.map_or(0.0, |factor| factor.weight)).max(0.0)
}
