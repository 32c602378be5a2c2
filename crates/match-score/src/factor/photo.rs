//! Evidence from the photos of two reports, as other code has compared them.

use crate::{Factor, Wording};

/// Both reports show the same picture. It may have been copied from one report to the other, so it does not prove more.
pub const COPY: f64 = 6.0;
/// Weight of a cosine similarity, with straight lines in between. From the share of pairs of photos of one animal in
/// each interval of the similarity over that of photos of two, in a kennel where all photos look alike: 0.4 to 0.5 has
/// 18 % and 7 %, 0.5 to 0.6 24 % and 2.8 %, 0.6 to 0.7 25 % and 0.63 %, more 20 % and 0.07 %. Photos of one animal may
/// differ as much as those of two, so a low similarity hardly counts.
const CURVE: [(f64, f64); 6] = [
    (0.2, -1.0),
    (0.35, -0.5),
    (0.45, 0.9),
    (0.55, 2.1),
    (0.65, 3.6),
    (0.7, 4.0),
];
/// From this weight on, the sentence says that the photos are alike.
const ALIKE: f64 = 2.0;

/// What is known of two reports' photos.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PhotoEvidence {
    /// Largest cosine similarity of two photos, one from each report, as computed by an image model; −1 to 1.
    pub cosine: Option<f32>,
    /// Whether a photo of one report is a copy of a photo of the other.
    pub is_copy: bool,
}

impl PhotoEvidence {
    /// The weight that it has in a score.
    pub fn weight(&self) -> f64 {
        photo(Some(*self)).map_or(0.0, |factor: Factor<()>| factor.weight)
    }
}

/// Weighs the evidence, if there is any.
pub fn photo<W: Wording>(evidence: Option<PhotoEvidence>) -> Option<Factor<W>> {
    let PhotoEvidence { cosine, is_copy } = evidence?;
    if is_copy {
        return Some(Factor::new("photo", COPY, || "Both reports show the same picture."));
    }
    let weight = weight(f64::from(cosine.filter(|cosine| cosine.is_finite())?));
    Some(Factor::new("photo", weight, || match weight {
        _ if ALIKE <= weight => "Their photos look alike.",
        _ if weight < 0.0 => "Their photos do not look alike, but photos of one animal may differ.",
        _ => "Their photos look somewhat alike.",
    }))
}

fn weight(cosine: f64) -> f64 {
    let [first, rest @ ..] = CURVE;
    let mut before = first;
    for point in rest {
        if cosine < point.0 {
            let share = ((cosine - before.0) / (point.0 - before.0)).max(0.0);
            return before.1 + share * (point.1 - before.1);
        }
        before = point;
    }
    before.1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_curve_begins_and_ends_at_its_limits() {
        assert_eq!(
            (weight(-1.0), weight(0.2), weight(0.7), weight(1.0)),
            (-1.0, -1.0, 4.0, 4.0)
        );
    }

    proptest! {
        #[test]
        fn more_alike_never_weighs_less(cosine in -1.0..1.0_f64, more in 0.0..1.0_f64) {
            prop_assert!(weight(cosine) <= weight(cosine + more));
        }
    }
}
