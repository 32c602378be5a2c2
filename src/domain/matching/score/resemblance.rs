//! How much two reports describe alike animals, whatever they say of them.

use super::{Factor, POSSIBLE, Subject, body, breed, color, distance, marks, time};

/// By how much the sum moves the similarity: 2 more, and what was as likely as not is 73 % likely.
const STEEPNESS: f64 = 2.0;

/// How alike two reports are by what everybody may know of them, 0 to 1; 0 for different species. It is 0.5 where a lost
/// and a found animal like these would be worth an alert. Chip and name say nothing here, and it does not matter which
/// report came first.
pub fn resemblance(one: &Subject, other: &Subject) -> f64 {
    if one.species != other.species {
        return 0.0;
    }
    let (first, second) = if one.seen_at <= other.seen_at {
        (one, other)
    } else {
        (other, one)
    };
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
    1.0 / (1.0 + ((POSSIBLE - sum) / STEEPNESS).exp())
}
