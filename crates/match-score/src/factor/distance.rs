//! The distance between the places of two reports.
//!
//! Lost animals are found near their home, and how near depends on the species: a log-normal distribution, fitted to
//! published quantiles. Some are carried away by the people who find them, or reported with the finder's or a shelter's
//! address; these spread far, whatever the species. Unrelated reports are densest where people live. The weight is the
//! logarithm of the ratio of the densities.

use std::f64::consts::{PI, TAU};

use entity::vocabulary::{PlacePrecision, Species};

use crate::{Factor, Reading, Subject, Wording};
use geometry::{DistanceUnit, distance_meters};

/// Density per km² of unrelated reports near a report, and the distance in km at which it is half of that: of the pairs
/// of Austin's strays, 0.12 % are within half a kilometre, 0.57 % within one, 8.5 % within 5, 26 % within 10, 66 % within 20.
/// It is not less than the last number, because towns have others around them.
const BACKGROUND: (f64, f64) = (0.002, 4.5);
const BACKGROUND_LEAST: f64 = 0.0008;
/// Minimum and maximum weight of a distance.
const LIMITS: (f64, f64) = (-4.5, 4.8);
/// The maximum weight if a place is only known as a town or a shelter.
const AREA_MOST: f64 = 0.8;
/// Distance in km whose weight would be that of a place within the area, if it were not limited.
const AREA_KILOMETERS: f64 = 2.0;
/// Below this distance in miles, all distances count and read the same, so that nobody can close in on a home.
const NEAREST_MILES: f64 = 0.3;
/// Subtracted where only the postal code is known: more reports share its centre than an even spread would put there.
const BLUR_CAUTION: f64 = 0.6;
/// Distances count as shorter by so many km, since both points may be masked, and people do not mark them to the metre ...
const MASK_KILOMETERS: f64 = 0.3;
/// ... but not as shorter than this.
const MASKED_LEAST_KILOMETERS: f64 = 0.25;
/// From this distance on, whole miles are shown.
const FAR_MILES: f64 = 10.0;
/// Half of the animals whose place is not where they were found are within this distance in km.
const CARRIED_KILOMETERS: f64 = 12.0;

/// Compares the places, if both are known.
pub fn distance<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let meters = distance_meters(lost.point?, other.point?);
    let exactness = Exactness::of(lost)?.max(Exactness::of(other)?);
    let kernel = Kernel::of(lost.species);
    let miles = shown_miles(meters).max(exactness.nearest_miles());
    let weight = match exactness {
        Exactness::Point => kernel.weight((kilometers(miles) - MASK_KILOMETERS).max(MASKED_LEAST_KILOMETERS)),
        Exactness::Postcode => kernel.blurred_weight(kilometers(miles), kilometers(exactness.nearest_miles())),
        Exactness::Town | Exactness::Shelter => {
            let beyond = kilometers(miles) - kilometers(exactness.nearest_miles());
            kernel.weight(beyond.max(AREA_KILOMETERS)).min(AREA_MOST)
        }
    };
    let sentence = || {
        let (nearest, source) = (exactness.nearest_miles(), exactness.remark());
        match miles {
            _ if miles <= nearest => format!("Seen within {nearest} miles of each other{source}."),
            _ => format!("Seen about {miles} miles apart{source}."),
        }
    };
    Some(Factor::new("distance", weight.clamp(LIMITS.0, LIMITS.1), sentence))
}

/// Precision of a place, from exact to vague.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    Point,
    Postcode,
    Town,
    Shelter,
}

impl Exactness {
    fn of(subject: &Subject) -> Option<Self> {
        match subject.precision {
            PlacePrecision::Point | PlacePrecision::Street => Some(Self::Point),
            PlacePrecision::Postcode => Some(Self::Postcode),
            PlacePrecision::City => Some(Self::Town),
            PlacePrecision::Shelter => Some(Self::Shelter),
            PlacePrecision::Unresolved => None,
        }
    }

    /// Up to this distance in miles, nothing tells the true places apart: the limit of privacy
    /// for points, and otherwise the extent of the area that the point stands for.
    fn nearest_miles(self) -> f64 {
        match self {
            Self::Point => NEAREST_MILES,
            Self::Postcode => 2.0,
            Self::Town => 6.0,
            Self::Shelter => 12.0,
        }
    }

    /// What the sentence adds on the source of the distance.
    fn remark(self) -> &'static str {
        match self {
            Self::Point => "",
            Self::Postcode => ", judged by postal code",
            Self::Town | Self::Shelter => ", but only the town or the shelter is known",
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

/// The distribution of distances at which lost animals of a species are found.
struct Kernel {
    /// Mean of the logarithm of the kilometres that an animal walks.
    mean: f64,
    /// Standard deviation of that logarithm.
    deviation: f64,
    /// Share of the animals whose place is not where they walked.
    carried: f64,
}

impl Kernel {
    /// Fitted for dogs and cats. Species that walk or fly far use the values of dogs, small animals those of cats.
    fn of(species: Species) -> Self {
        match species {
            Species::Dog | Species::Bird | Species::Equine | Species::Farm | Species::Other => Self {
                mean: -1.387,
                deviation: 3.55,
                carried: 0.1,
            },
            Species::Cat | Species::Rabbit | Species::SmallMammal | Species::Reptile => Self {
                mean: -2.996,
                deviation: 3.41,
                carried: 0.1,
            },
        }
    }

    /// Logarithm of the ratio between the density at a distance and that of unrelated reports. It decreases everywhere,
    /// because both parts do: the walks' deviation is large.
    fn weight(&self, kilometers: f64) -> f64 {
        let standard = (kilometers.ln() - self.mean) / self.deviation;
        let walked =
            (-standard * standard / 2.0).exp() / (kilometers * self.deviation * TAU.sqrt()) / (TAU * kilometers);
        let square = CARRIED_KILOMETERS * CARRIED_KILOMETERS;
        let carried = square / (PI * (kilometers * kilometers + square).powi(2));
        let density = (1.0 - self.carried) * walked + self.carried * carried;
        (density / background(kilometers)).ln()
    }

    /// The weight if a place may be off by up to `blur` km: the average over a circle of that radius, and beyond it at most
    /// that of a distance shorter by half of it.
    fn blurred_weight(&self, kilometers: f64, blur: f64) -> f64 {
        let mean = (self.share_within(blur) / background_within(blur)).ln() - BLUR_CAUTION;
        match kilometers <= blur {
            true => mean,
            false => mean.min(self.weight(kilometers - blur / 2.0)),
        }
    }

    /// Approximate share of animals found within a distance.
    fn share_within(&self, kilometers: f64) -> f64 {
        // The logistic function with this factor follows the normal distribution to within 0.01.
        let standard = (kilometers.ln() - self.mean) / self.deviation;
        let walked = 1.0 / (1.0 + (-1.702 * standard).exp());
        let square = kilometers * kilometers;
        let carried = square / (square + CARRIED_KILOMETERS * CARRIED_KILOMETERS);
        (1.0 - self.carried) * walked + self.carried * carried
    }
}

/// Density of unrelated reports at a distance.
fn background(kilometers: f64) -> f64 {
    let (density, half) = BACKGROUND;
    (density / (1.0 + kilometers / half)).max(BACKGROUND_LEAST)
}

/// Share of unrelated reports within a distance that is less than 13 km: the integral of their density.
fn background_within(kilometers: f64) -> f64 {
    let (density, half) = BACKGROUND;
    TAU * density * half * (kilometers - half * (kilometers / half).ln_1p())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cats_stay_nearer_than_dogs() {
        for kilometers in [3.0, 5.0, 10.0, 20.0] {
            assert!(Kernel::of(Species::Cat).weight(kilometers) < Kernel::of(Species::Dog).weight(kilometers));
        }
    }

    #[test]
    fn a_mile_speaks_for_and_ten_miles_speak_against() {
        for species in [Species::Dog, Species::Cat] {
            assert!(1.0 < Kernel::of(species).weight(1.6));
            assert!(Kernel::of(species).weight(16.0) < -1.0);
        }
    }

    #[test]
    fn the_share_within_a_distance_is_that_of_the_distribution() {
        for kernel in [Kernel::of(Species::Dog), Kernel::of(Species::Cat)] {
            // Integrates the density over distances in steps of a thousandth.
            let density = |kilometers: f64| kernel.weight(kilometers).exp() * background(kilometers);
            let (mut share, mut unrelated) = (0.0, 0.0);
            let mut from = 1e-9;
            while from < kilometers(2.0) {
                let to = from * 1.001;
                share += density(from) * TAU * from * (to - from);
                unrelated += background(from) * TAU * from * (to - from);
                from = to;
            }
            assert!(
                (unrelated / background_within(kilometers(2.0)) - 1.0).abs() < 0.015,
                "{unrelated}"
            );
            assert!((share - kernel.share_within(kilometers(2.0))).abs() < 0.015, "{share}");
        }
    }

    proptest! {
        #[test]
        fn farther_never_weighs_more(near in 0.001..1_000.0_f64, factor in 1.0..1_000.0_f64, blur in 1.0..40.0_f64) {
            for kernel in [Kernel::of(Species::Dog), Kernel::of(Species::Cat)] {
                prop_assert!(kernel.weight(near * factor) <= kernel.weight(near) + 1e-9);
                prop_assert!(kernel.blurred_weight(near * factor, blur) <= kernel.blurred_weight(near, blur) + 1e-9);
            }
        }

        #[test]
        fn no_place_within_the_blur_is_told_from_another(meters in 0.0..480.0_f64) {
            prop_assert!(shown_miles(meters) <= NEAREST_MILES);
        }
    }
}
