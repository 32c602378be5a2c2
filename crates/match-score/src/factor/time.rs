//! The time between the loss and the other report.
//!
//! Most animals that are found are found within days, and some after months. Unrelated reports do not care when this
//! one was lost. The weight is the logarithm of the ratio of the two densities.

use entity::{Timestamp, vocabulary::Species};

use crate::{Factor, Reading, Wording};

const DAY_MILLISECONDS: f64 = 86_400_000.0;
/// A find dated this many days before the loss is another animal: people get dates wrong, but not by that much.
pub const EARLIEST_DAYS: f64 = -14.0;
/// Many reports give a date without an hour, or in another time zone. Within a day, the order does not matter.
const SAME_DAY: f64 = -1.0;
/// Weight of a find dated a few days before the loss.
const BEFORE: f64 = -1.0;
/// Number of days for which an average unrelated report stays a candidate.
const BACKGROUND_DAYS: f64 = 90.0;
/// Minimum and maximum weight: an animal can turn up very late, and reports are often dated late.
const LIMITS: (f64, f64) = (-2.0, 3.2);

/// Share and mean number of days of finds that are quick, slow and late.
type Finds = [(f64, f64); 3];
/// Dogs: half within two days, seven of ten within a week (Lord 2007a; reclaims from shelters, 80 % within five days).
const DOG_FINDS: Finds = [(0.60, 2.5), (0.30, 15.0), (0.10, 100.0)];
/// Cats: of those found within a year, 56 % within a week, 82 % within 30 days, 92 % within 60 (Huang 2018).
const CAT_FINDS: Finds = [(0.50, 4.0), (0.38, 22.0), (0.12, 120.0)];

/// Whether the other report is too long before the loss to be about the same animal.
pub fn is_too_early(days: f64) -> bool {
    days < EARLIEST_DAYS
}

/// Compares the times: most animals are found within days, and fewer and fewer later.
pub fn time<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let days = days_between(lost.seen_at, other.seen_at);
    let weight = if days < SAME_DAY {
        BEFORE
    } else {
        log_likelihood_ratio(lost.species, days.abs())
    };
    Some(Factor::new("time", weight, || sentence(days)))
}

/// Days from the first instant to the second; negative if the second is earlier.
pub fn days_between(from: Timestamp, to: Timestamp) -> f64 {
    (to.0 as f64 - from.0 as f64) / DAY_MILLISECONDS
}

/// Finds that become rarer against an even spread of unrelated reports.
fn log_likelihood_ratio(species: Species, days: f64) -> f64 {
    let finds = match species {
        Species::Cat => CAT_FINDS,
        _ => DOG_FINDS,
    };
    let density: f64 = finds
        .iter()
        .map(|(share, mean)| share / mean * (-days / mean).exp())
        .sum();
    (BACKGROUND_DAYS * density).ln().clamp(LIMITS.0, LIMITS.1)
}

fn sentence(days: f64) -> String {
    match days.abs().floor() {
        0.0 => "Seen within a day of the loss.".to_owned(),
        count => {
            let unit = if count == 1.0 { "day" } else { "days" };
            let order = if days < 0.0 { "before" } else { "after" };
            format!("Seen {count} {unit} {order} the loss.")
        }
    }
}
