//! Simpler ways of ranking, to compare with.

use std::collections::HashSet;

use geometry::distance_meters;

use crate::Report;

const DAY_MILLISECONDS: i64 = 86_400_000;

/// A way of ranking counterparts: the greatest number is first.
pub type Baseline = fn(&Report, &Report) -> f64;

/// The baselines by name.
pub const BASELINES: [(&str, Baseline); 2] = [("equal fields", equal_fields), ("nearest first", nearest)];

/// Ranks by distance alone.
fn nearest(lost: &Report, other: &Report) -> f64 {
    let points = lost.subject.point.zip(other.subject.point);
    points.map_or(f64::NEG_INFINITY, |(here, there)| -distance_meters(here, there))
}

/// Points for equal fields, as the rules of the shelter software ASM3 give them: five for each field, fifty for the
/// chip, unknown equal to unknown, and shared words of place and marks counted in fifths.
fn equal_fields(lost: &Report, other: &Report) -> f64 {
    let (one, two) = (&lost.subject, &other.subject);
    let points = |is_equal: bool, points: f64| if is_equal { points } else { 0.0 };
    let is_breed = one.breed_primary == two.breed_primary || one.breed_primary == two.breed_secondary;
    let is_chip = one.microchip.is_some() && one.microchip == two.microchip;
    let days = (two.seen_at.0 - one.seen_at.0) / DAY_MILLISECONDS;
    let features = |report: &Report| report.subject.markings.clone().unwrap_or_default();
    points(is_chip, 50.0)
        + points(is_breed, 5.0)
        + points(one.age_group == two.age_group, 5.0)
        + points(one.sex == two.sex, 5.0)
        + points((one.colors, one.pattern) == (two.colors, two.pattern), 5.0)
        + points(lost.postcode == other.postcode, 5.0)
        + points(days <= 14, 5.0)
        + shared_words(&lost.area, &other.area)
        + shared_words(&features(lost), &features(other))
}

/// The share of the first text's words that the second has, of five points.
fn shared_words(one: &str, two: &str) -> f64 {
    let words = |text: &str| text.to_lowercase().replace([',', '\n'], " ");
    let (one, two) = (words(one), words(two));
    let known: HashSet<&str> = two.split(' ').collect();
    let words: Vec<&str> = one.split(' ').collect();
    let shared = words.iter().filter(|word| known.contains(*word)).count();
    (5.0 * shared as f64 / words.len() as f64).trunc()
}
