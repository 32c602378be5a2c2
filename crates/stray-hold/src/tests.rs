//! Rules applied to animals, from the outside.

mod choice;
mod examples;
mod faults;
mod laws;
mod oracle;
mod situations;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    BuiltIn, Computed, Confidence, CountsFrom, Disposition, EndsAt, Facts, Holidays, Length, Notice, Opening, Place,
    Precedence, Rule, ShelterKind, Unit,
};

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("the instant is well-formed")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("the date is well-formed")
}

fn length(n: u16, unit: Unit) -> Length {
    Length { n, unit }
}

/// Texas, or a part of it.
fn texas(county: Option<&str>, city: Option<&str>) -> Place {
    Place {
        country: String::from("US"),
        region: Some(String::from("TX")),
        county: county.map(str::to_owned),
        city: city.map(str::to_owned),
    }
}

/// Three business days for all animals in Texas, the first day excluded, with the federal holidays.
fn rule(id: &str) -> Rule {
    Rule {
        id: id.to_owned(),
        name: String::from("A rule"),
        jurisdiction: texas(None, None),
        species: BTreeSet::new(),
        applies_to: BTreeSet::new(),
        intake_kinds: BTreeSet::new(),
        base_duration: length(3, Unit::BusinessDays),
        counts_from: CountsFrom::Impound,
        exclude_day_of_start: true,
        identified_duration: None,
        by_notice_method: Vec::new(),
        reduced_if: Vec::new(),
        owner_only_window: None,
        rescue_release_after: None,
        after_hold_disposition: Disposition::Any,
        exemptions: Vec::new(),
        ends_at: EndsAt::EndOfDay,
        weekend: vec![Weekday::Sat, Weekday::Sun],
        holidays: Holidays {
            calendar: BuiltIn::UsFederal,
            also: Vec::new(),
        },
        precedence: Precedence::LocalOverridesIfLonger,
        citation: None,
        source_url: None,
        effective_from: day("1980-01-01"),
        effective_to: None,
        verified_at: None,
        confidence: Confidence::Unverified,
        note: None,
    }
}

/// Sweetie, a dog that was found in Austin and taken in on the Tuesday before Thanksgiving of 2026 at 09:30.
fn sweetie() -> Facts {
    Facts {
        species: String::from("dog"),
        intake_kind: String::from("stray"),
        shelter: ShelterKind::Public,
        found_in: texas(Some("Travis"), Some("Austin")),
        impounded_at: instant("2026-11-24T15:30:00Z"),
        zone: Tz::America__Chicago,
        identified_at: None,
        notice: Notice::default(),
        age_weeks: None,
        flags: BTreeSet::new(),
        opening: Opening::default(),
        closed_days: BTreeSet::new(),
        default_hold: None,
    }
}

/// The end as local clocks show it, with a question mark if it is open.
fn end(computed: &Computed, zone: Tz) -> String {
    let hold = computed.hold().expect("the animal is kept");
    let shown = hold.end.earliest().with_timezone(&zone).format("%F %H:%M");
    let open = if hold.end.known().is_none() { "?" } else { "" };
    format!("{shown}{open}")
}

fn sentences(computed: &Computed) -> Vec<String> {
    computed.trace.iter().map(ToString::to_string).collect()
}

fn all_week() -> Vec<Weekday> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun]
}
