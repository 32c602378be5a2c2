//! The time between the loss and the other report.

use entity::{Timestamp, vocabulary::Species};

use super::{Factor, Subject, Wording};

const DAY_MILLISECONDS: f64 = 86_400_000.0;
/// A find dated this many days before the loss is another animal: people get dates wrong, but not by that much.
pub const EARLIEST_DAYS: f64 = -14.0;
/// Many reports give a date without an hour, or in another time zone. Within a day, the order does not matter.
const SAME_DAY: f64 = -1.0;
/// Weight of a find dated a few days before the loss.
const BEFORE: f64 = -1.0;
/// Number of days for which an average unrelated report stays a candidate.
const BACKGROUND_DAYS: f64 = 90.0;
/// Minimum weight, because an animal can still turn up very late.
const LATE: f64 = -2.0;

/// Whether the other report is too long before the loss to be about the same animal.
pub fn is_too_early(lost: &Subject, other: &Subject) -> bool {
    days_between(lost.seen_at, other.seen_at) < EARLIEST_DAYS
}

/// Compares the times: most animals are found within days, and fewer and fewer later.
pub fn time<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let days = days_between(lost.seen_at, other.seen_at);
    let weight = if days < SAME_DAY {
        BEFORE
    } else {
        log_likelihood_ratio(lost.species, days.max(0.0))
    };
    Some(Factor::new("time", weight, || sentence(days)))
}

/// Days from the first instant to the second; negative if the second is earlier.
pub fn days_between(from: Timestamp, to: Timestamp) -> f64 {
    (to.0 as f64 - from.0 as f64) / DAY_MILLISECONDS
}

/// An exponential decay of finds against an even spread of unrelated reports.
fn log_likelihood_ratio(species: Species, days: f64) -> f64 {
    let rate = std::f64::consts::LN_2 / half_life_days(species);
    ((BACKGROUND_DAYS * rate).ln() - rate * days).max(LATE)
}

/// The number of days after which half of the animals that will be found have been found.
fn half_life_days(species: Species) -> f64 {
    match species {
        Species::Cat => 30.0,
        _ => 10.0,
    }
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
