//! How much two reports describe alike animals.

use entity::pet;

use super::{score, subject::subject};

/// How alike two reports are, 0 to 1, by what everybody may know of them: see [`score::resemblance`].
pub fn resemblance(one: &pet::Model, other: &pet::Model) -> f64 {
    score::resemblance(&subject(one), &subject(other))
}
