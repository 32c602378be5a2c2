//! Similarity of two reports by their descriptions, independent of which one is lost.

use super::{ALIKE, Factor, Reading, Subject, body, breed, color, distance, marks, time};

/// Slope of the logistic function: raising the sum by 2 turns a similarity of 0.5 into 0.73.
const STEEPNESS: f64 = 2.0;

/// Similarity of two reports by their public parts, 0 to 1; 0 for different species. It is 0.5 where a lost and a found
/// animal described like this would cause an alert. Chip and name do not count, and the order of the reports does not
/// matter.
pub fn resemblance(one: &Subject, other: &Subject) -> f64 {
    if one.species != other.species {
        return 0.0;
    }
    let (first, second) = if one.seen_at <= other.seen_at {
        (one, other)
    } else {
        (other, one)
    };
    let (first, second) = (&Reading::of(first), &Reading::of(second));
    let sum: f64 = [
        distance::distance(first, second),
        time::time(first, second),
        body::sex(first, second),
        body::altered(first, second),
        color::color(first, second),
        color::pattern(first, second),
        breed::breed(first, second),
        body::size(first, second),
        body::coat(first, second),
        body::age(first, second),
        marks::marks(first, second),
    ]
    .into_iter()
    .flatten()
    .map(|factor: Factor<()>| factor.weight)
    .sum();
    1.0 / (1.0 + ((ALIKE - sum) / STEEPNESS).exp())
}
