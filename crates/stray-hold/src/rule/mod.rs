//! A rule about stray holds, as data. What it means is decided in `compute`; here is what it can say.

mod check;
mod parts;

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{holidays::Holidays, place::Place};

pub use check::{MAX_DAYS, MAX_EXEMPT_WEEKS, MAX_HOLIDAYS, MAX_HOURS, MAX_WEEKEND_DAYS, RuleFault};
pub use parts::{
    Confidence, CountsFrom, Disposition, EndsAt, Exemption, IdentifiedDuration, Length, NoticeDuration, OpenWhen,
    Precedence, Reduction, ShelterKind, Unit,
};

/// What the law, or a custom, of one place says about keeping animals for their owners.
///
/// In JSON every field has the name that it has here, in `snake_case`; fields that do not exist are refused. What
/// [`Rule::check`] finds fault with is never used to compute a hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Identifies the rule among all: 1 to 64 lower-case letters, digits, `.`, `_` and `-`.
    pub id: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// Where the animal has to be found for the rule to count.
    pub jurisdiction: Place,
    /// The species that it is about, as lower-case words such as `dog`; empty for all.
    #[serde(default)]
    pub species: BTreeSet<String>,
    /// The kinds of shelters that it binds; empty for all.
    #[serde(default)]
    pub applies_to: BTreeSet<ShelterKind>,
    /// The kinds of intakes that it is about, as lower-case words such as `stray`; empty for all.
    #[serde(default)]
    pub intake_kinds: BTreeSet<String>,
    /// How long an animal is kept if nothing below says otherwise.
    pub base_duration: Length,
    /// The event that starts the count of the base duration.
    pub counts_from: CountsFrom,
    /// Whether the count of days starts on the day after that event. Hours always run from the event itself.
    pub exclude_day_of_start: bool,
    /// How long an animal is kept that has a chip, a tag or a known owner. It never shortens the hold: the later of
    /// this end and the one of the base duration counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identified_duration: Option<IdentifiedDuration>,
    /// Lengths that depend on how the owner was told. They replace the length of `identified_duration`; in a rule
    /// without one, that of `base_duration`. At most one for each method.
    #[serde(default)]
    pub by_notice_method: Vec<NoticeDuration>,
    /// Lengths instead of `base_duration` for shelters with certain opening hours; of several, the one that ends
    /// first. At most one for each condition.
    #[serde(default)]
    pub reduced_if: Vec<Reduction>,
    /// At first only the owner may have the animal, for this long and at most until the end of the hold. Counted like
    /// the hold itself, from the same event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_only_window: Option<Length>,
    /// After this long, and at the latest at the end of the hold, the animal may go to a rescue organisation. Counted
    /// like the hold itself, from the same event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rescue_release_after: Option<Length>,
    /// What may be done with the animal after the hold.
    #[serde(default)]
    pub after_hold_disposition: Disposition,
    /// Which animals need not be kept at all.
    #[serde(default)]
    pub exemptions: Vec<Exemption>,
    /// At which moment of the last counted day the hold ends.
    #[serde(default)]
    pub ends_at: EndsAt,
    /// Days of the week that are no business days, at most three, in JSON as `"Sat"`. Saturday and Sunday if the field is
    /// missing; none if it is empty. Opening hours have no say in this.
    #[serde(default = "saturday_and_sunday")]
    pub weekend: Vec<Weekday>,
    /// Holidays that are no business days; none if the field is missing.
    #[serde(default)]
    pub holidays: Holidays,
    /// What it does to the rules of larger places.
    pub precedence: Precedence,
    /// Where the law says so, such as its section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// Where the law can be read; an address with `https://` or `http://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// The first local day of intakes that it is about.
    pub effective_from: NaiveDate,
    /// The last local day of intakes that it is about; without it, the rule has no end yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<NaiveDate>,
    /// The day on which somebody last compared it with the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<NaiveDate>,
    /// How far it can be trusted. More than `unverified` needs a `citation` and `verified_at`.
    #[serde(default)]
    pub confidence: Confidence,
    /// What readers should know besides, at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The days of the week that are no business days unless a rule says otherwise.
pub(crate) fn saturday_and_sunday() -> Vec<Weekday> {
    vec![Weekday::Sat, Weekday::Sun]
}
