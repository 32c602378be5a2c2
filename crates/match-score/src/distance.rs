//! The distance between the places of two reports.
//!
//! Lost animals are found near their home, and how near depends on the species. We use a log-normal distribution of the
//! distance, fitted to published quantiles. Unrelated reports are spread evenly over an area. The weight is the
//! logarithm of the ratio of the two densities.

use std::f64::consts::{PI, TAU};

use entity::vocabulary::{PlacePrecision, Species};

use super::{Factor, Subject, Wording};
use geometry::{DistanceUnit, distance_meters};

/// Radius in km of the circle over which the unrelated reports of a county would be spread, if they were as dense
/// everywhere as around the average report.
const BACKGROUND_KILOMETERS: f64 = 19.0;
/// Minimum and maximum weight of a distance.
const LIMITS: (f64, f64) = (-3.0, 4.0);
/// The limits if a place is only known as a town, or is the shelter's own address.
const VAGUE_LIMITS: (f64, f64) = (-0.5, 0.5);
/// Below this distance in miles, all distances count and read the same, so that nobody can close in on a home.
const NEAREST_MILES: f64 = 0.3;
/// Maximum distance in miles between the centre of a postal code and the true place.
const BLUR_MILES: f64 = 2.0;
/// Subtracted within a postal code: whole neighbourhoods share its centre, more reports than an even spread would put
/// there.
const BLUR_CAUTION: f64 = 1.0;
/// From this distance on, whole miles are shown.
const FAR_MILES: f64 = 10.0;

/// Compares the places, if both are known.
pub fn distance<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let meters = distance_meters(lost.point?, other.point?);
    let exactness = Exactness::of(lost)?.max(Exactness::of(other)?);
    let (nearest, limits, source) = match exactness {
        Exactness::Point => (NEAREST_MILES, LIMITS, ""),
        Exactness::Postcode => (BLUR_MILES, LIMITS, ", judged by postal code"),
        Exactness::Area => (BLUR_MILES, VAGUE_LIMITS, ", but only the town or the shelter is known"),
    };
    let miles = shown_miles(meters).max(nearest);
    let kernel = Kernel::of(lost.species);
    let weight = match exactness {
        Exactness::Point => kernel.weight(kilometers(miles)),
        Exactness::Postcode | Exactness::Area => kernel.blurred_weight(kilometers(miles)),
    };
    let sentence = || match miles {
        _ if miles <= nearest => format!("Seen within {nearest} miles of each other{source}."),
        _ => format!("Seen about {miles} miles apart{source}."),
    };
    Some(Factor::new("distance", weight.clamp(limits.0, limits.1), sentence))
}

/// Precision of a place, from exact to vague.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    Point,
    Postcode,
    Area,
}

impl Exactness {
    fn of(subject: &Subject) -> Option<Self> {
        match subject.precision {
            PlacePrecision::Point | PlacePrecision::Street => Some(Self::Point),
            PlacePrecision::Postcode => Some(Self::Postcode),
            PlacePrecision::City | PlacePrecision::Shelter => Some(Self::Area),
            PlacePrecision::Unresolved => None,
        }
    }
}

/// Tenths of a mile, or whole miles for long distances.
fn shown_miles(meters: f64) -> f64 {
    let miles = DistanceUnit::Mile.rounded(meters);
    if miles < FAR_MILES { miles } else { miles.round() }
}

fn kilometers(miles: f64) -> f64 {
    DistanceUnit::Mile.to_meters(miles) / 1_000.0
}

/// The distribution of distances at which lost animals of a species are found: log-normal, in kilometres.
struct Kernel {
    /// Mean of the logarithm.
    mean: f64,
    /// Standard deviation of the logarithm.
    deviation: f64,
    /// Share of animals found within [`BLUR_MILES`].
    within_blur: f64,
}

impl Kernel {
    /// Fitted for dogs and cats. Species that walk or fly far use the values of dogs, small animals those of cats.
    fn of(species: Species) -> Self {
        match species {
            Species::Dog | Species::Bird | Species::Equine | Species::Farm | Species::Other => Self {
                mean: -1.387,
                deviation: 3.55,
                within_blur: 0.76,
            },
            Species::Cat | Species::Rabbit | Species::SmallMammal | Species::Reptile => Self {
                mean: -2.996,
                deviation: 3.41,
                within_blur: 0.89,
            },
        }
    }

    /// Logarithm of the ratio between the density at a distance and that of unrelated reports. It decreases everywhere,
    /// because the deviation is large.
    fn weight(&self, kilometers: f64) -> f64 {
        let standard = (kilometers.ln() - self.mean) / self.deviation;
        let found_here = (-standard * standard / 2.0).exp() / (kilometers * self.deviation * TAU.sqrt());
        ratio(found_here, TAU * kilometers)
    }

    /// The weight if a place may be off by up to [`BLUR_MILES`]: at most the average over a circle of that radius,
    /// otherwise the weight of a distance shorter by half of it.
    fn blurred_weight(&self, kilometers: f64) -> f64 {
        let blur = self::kilometers(BLUR_MILES);
        let mean = ratio(self.within_blur, PI * blur * blur) - BLUR_CAUTION;
        let nearer = (kilometers - blur / 2.0).max(blur / 2.0);
        mean.min(self.weight(nearer))
    }
}

/// Logarithm of the ratio between a share found in an area (km²) and the share of unrelated reports there.
fn ratio(share: f64, area: f64) -> f64 {
    (share / area * PI * BACKGROUND_KILOMETERS * BACKGROUND_KILOMETERS).ln()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cats_stay_nearer_than_dogs() {
        for kilometers in [5.0, 10.0, 20.0] {
            assert!(Kernel::of(Species::Cat).weight(kilometers) < Kernel::of(Species::Dog).weight(kilometers));
        }
    }

    #[test]
    fn a_mile_speaks_for_and_ten_miles_speak_against() {
        for species in [Species::Dog, Species::Cat] {
            assert!(1.5 < Kernel::of(species).weight(1.6));
            assert!(Kernel::of(species).weight(16.0) < -1.5);
        }
    }

    #[test]
    fn the_share_within_the_blur_is_that_of_the_distribution() {
        for species in [Species::Dog, Species::Cat] {
            let kernel = Kernel::of(species);
            // Integrates the density over distances in steps of a thousandth.
            let mut share = 0.0;
            let mut from = 1e-9;
            while from < kilometers(BLUR_MILES) {
                let to = from * 1.001;
                let standard = (f64::ln(from) - kernel.mean) / kernel.deviation;
                share += (-standard * standard / 2.0).exp() / (from * kernel.deviation * TAU.sqrt()) * (to - from);
                from = to;
            }
            assert!((share - kernel.within_blur).abs() < 0.005, "{share}");
        }
    }

    proptest! {
        #[test]
        fn farther_never_weighs_more(near in 0.001..1_000.0_f64, factor in 1.0..1_000.0_f64) {
            for kernel in [Kernel::of(Species::Dog), Kernel::of(Species::Cat)] {
                prop_assert!(kernel.weight(near * factor) <= kernel.weight(near) + 1e-9);
                prop_assert!(kernel.blurred_weight(near * factor) <= kernel.blurred_weight(near) + 1e-9);
            }
        }

        #[test]
        fn no_place_within_the_blur_is_told_from_another(meters in 0.0..480.0_f64) {
            prop_assert!(shown_miles(meters) <= NEAREST_MILES);
        }
    }
}
