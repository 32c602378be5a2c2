//! Similarity of two reports by their descriptions.

use entity::pet;

use super::subject::subject;

/// Similarity of two reports from 0 to 1, based on their public parts: see [`score::resemblance`].
pub fn resemblance(one: &pet::Model, other: &pet::Model) -> f64 {
    score::resemblance(&subject(one), &subject(other))
}
