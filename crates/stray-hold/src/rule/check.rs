//! What can be wrong with a rule, each fault with the limit and what to do about it.

use std::fmt::Display;

use super::{Confidence, Exemption, Length, Rule, Unit};
use crate::holidays::{Holiday, HolidayDate};

/// The most days of a length: a year. The longest holds known to us are of 14 days.
pub const MAX_DAYS: u16 = 365;
/// The most hours of a length: a year.
pub const MAX_HOURS: u16 = 8_760;
/// The most days of the week that are no business days.
pub const MAX_WEEKEND_DAYS: usize = 3;
/// The most holidays besides those of a built-in calendar. With it and [`MAX_WEEKEND_DAYS`] every year has enough
/// business days for each count to come to its end.
pub const MAX_HOLIDAYS: usize = 60;
/// The most weeks of age that an exemption can name: a year.
pub const MAX_EXEMPT_WEEKS: u16 = 52;

/// Why a rule is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {problem}")]
pub struct RuleFault {
    /// The field, with dots and places in lists counted from 0: `reduced_if.0.n`.
    pub field: String,
    /// What is wrong with it, the limit, and what to do.
    pub problem: String,
}

impl Rule {
    /// All that is wrong with the rule; nothing if it can be used.
    pub fn check(&self) -> Vec<RuleFault> {
        let mut faults = Faults(Vec::new());
        faults.names(self);
        faults.place(self);
        faults.words(self);
        faults.lengths(self);
        faults.shorter_than_base(self);
        faults.lists(self);
        faults.days_off(self);
        faults.source(self);
        faults.0
    }
}

/// The faults found so far.
struct Faults(Vec<RuleFault>);

impl Faults {
    fn add(&mut self, field: impl Display, problem: impl Display) {
        self.0.push(RuleFault {
            field: field.to_string(),
            problem: problem.to_string(),
        });
    }

    fn add_if(&mut self, is_wrong: bool, field: impl Display, problem: impl Display) {
        if is_wrong {
            self.add(field, problem);
        }
    }

    fn names(&mut self, rule: &Rule) {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
        if !rule.id.chars().all(is_plain) {
            self.add(
                "id",
                "may have lower-case letters, digits, dots, underscores and hyphens: leave out all else",
            );
        }
        self.text("id", &rule.id, 64);
        self.text("name", &rule.name, 200);
    }

    fn text(&mut self, field: impl Display, text: &str, most: usize) {
        let length = text.chars().count();
        self.add_if(text.trim().is_empty(), &field, "is empty: fill it in");
        let problem = format!("has {length} characters; at most {most} are allowed: shorten it");
        self.add_if(most < length, &field, problem);
    }

    fn place(&mut self, rule: &Rule) {
        let place = &rule.jurisdiction;
        let is_country = place.country.len() == 2 && place.country.chars().all(|c| c.is_ascii_uppercase());
        let problem = "must be two upper-case letters: write the ISO 3166-1 code, such as US";
        self.add_if(!is_country, "jurisdiction.country", problem);
        let parts = [
            ("region", &place.region),
            ("county", &place.county),
            ("city", &place.city),
        ];
        for (name, part) in parts {
            let field = format!("jurisdiction.{name}");
            if let Some(part) = part {
                self.text(&field, part, 100);
                let problem = "is given without its region: add jurisdiction.region";
                self.add_if(place.region.is_none(), &field, problem);
            }
        }
    }

    fn words(&mut self, rule: &Rule) {
        let species = rule.species.iter().map(|word| ("species", word));
        let intakes = rule.intake_kinds.iter().map(|word| ("intake_kinds", word));
        let methods = rule
            .by_notice_method
            .iter()
            .map(|row| ("by_notice_method", &row.method));
        for (field, word) in species.chain(intakes).chain(methods) {
            let is_plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let problem = format!("has \"{word}\"; a word is 1 to 40 lower-case letters and underscores: rewrite it");
            self.add_if(!is_plain || !(1..=40).contains(&word.len()), field, problem);
        }
    }

    fn lengths(&mut self, rule: &Rule) {
        for (field, length) in lengths(rule) {
            let (most, unit) = match length.unit {
                Unit::Hours => (MAX_HOURS, "hours"),
                Unit::CalendarDays | Unit::BusinessDays => (MAX_DAYS, "days"),
            };
            let problem = format!("has {} {unit}; at most {most} are allowed: shorten it", length.n);
            self.add_if(most < length.n, format!("{field}.n"), problem);
        }
    }

    /// Lengths in different units cannot be compared without a calendar, so they pass.
    fn shorter_than_base(&mut self, rule: &Rule) {
        let base = rule.base_duration;
        let comparable = |length: &Length| length.unit == base.unit;
        if let Some(identified) = rule.identified_duration
            && identified.counts_from == rule.counts_from
            && comparable(&identified.length())
            && identified.n < base.n
        {
            let problem =
                format!("is shorter than base_duration ({base}), so that it never counts: lengthen or remove it");
            self.add("identified_duration", problem);
        }
        for (place, row) in rule.reduced_if.iter().enumerate() {
            let is_longer = comparable(&row.length()) && base.n <= row.n;
            let problem =
                format!("is not shorter than base_duration ({base}), so that it never counts: shorten or remove it");
            self.add_if(is_longer, format!("reduced_if.{place}"), problem);
        }
    }

    fn lists(&mut self, rule: &Rule) {
        for (place, row) in rule.by_notice_method.iter().enumerate() {
            let is_again = rule
                .by_notice_method
                .iter()
                .take(place)
                .any(|other| other.method == row.method);
            let problem = "names a method a second time; one row for each is allowed: remove one";
            self.add_if(is_again, format!("by_notice_method.{place}"), problem);
        }
        for (place, row) in rule.reduced_if.iter().enumerate() {
            let is_again = rule
                .reduced_if
                .iter()
                .take(place)
                .any(|other| other.condition == row.condition);
            let problem = "names a condition a second time; one row for each is allowed: remove one";
            self.add_if(is_again, format!("reduced_if.{place}"), problem);
        }
        for (place, exemption) in rule.exemptions.iter().enumerate() {
            let field = format!("exemptions.{place}");
            let is_again = rule.exemptions.iter().take(place).any(|other| other == exemption);
            self.add_if(is_again, &field, "is listed twice: remove one");
            if let Exemption::UnderAgeWeeks(weeks) = exemption {
                let problem = format!("has {weeks} weeks; 1 to {MAX_EXEMPT_WEEKS} are allowed: change the number");
                self.add_if(!(1..=MAX_EXEMPT_WEEKS).contains(weeks), &field, problem);
            }
        }
    }

    fn days_off(&mut self, rule: &Rule) {
        let days = rule.weekend.len();
        let problem =
            format!("has {days} days; at most {MAX_WEEKEND_DAYS} are allowed: leave business days in the week");
        self.add_if(MAX_WEEKEND_DAYS < days, "weekend", problem);
        let holidays = rule.holidays.also.len();
        let problem = format!("has {holidays} holidays; at most {MAX_HOLIDAYS} are allowed: remove some");
        self.add_if(MAX_HOLIDAYS < holidays, "holidays.also", problem);
        for (place, holiday) in rule.holidays.also.iter().enumerate() {
            self.text(format!("holidays.also.{place}.name"), &holiday.name, 100);
            let problem = "is no day of any year: months are 1 to 12, days 1 to the last of the month, n is 1 to 4";
            self.add_if(!comes(holiday), format!("holidays.also.{place}.on"), problem);
        }
    }

    fn source(&mut self, rule: &Rule) {
        let is_over = rule.effective_to.is_some_and(|to| to < rule.effective_from);
        let problem = "is before effective_from: swap them, or leave it out if the rule has no end";
        self.add_if(is_over, "effective_to", problem);
        let texts = [("citation", &rule.citation, 1_000), ("note", &rule.note, 1_000)];
        let texts = texts.into_iter().chain([("source_url", &rule.source_url, 2_000)]);
        for (field, text, most) in texts {
            if let Some(text) = text {
                self.text(field, text, most);
            }
        }
        let is_address = |text: &String| text.starts_with("https://") || text.starts_with("http://");
        let is_wrong = rule.source_url.as_ref().is_some_and(|url| !is_address(url));
        self.add_if(
            is_wrong,
            "source_url",
            "must start with https:// or http://: write the whole address",
        );
        let is_proven = rule.citation.is_some() && rule.verified_at.is_some();
        let problem = "may only be unverified without citation and verified_at: add both";
        self.add_if(
            rule.confidence != Confidence::Unverified && !is_proven,
            "confidence",
            problem,
        );
    }
}

/// Every length that the rule names, with its field.
fn lengths(rule: &Rule) -> Vec<(String, Length)> {
    let named = |name: &str, length| (name.to_owned(), length);
    let identified = rule
        .identified_duration
        .map(|row| named("identified_duration", row.length()));
    let window = rule.owner_only_window.map(|length| named("owner_only_window", length));
    let rescue = rule
        .rescue_release_after
        .map(|length| named("rescue_release_after", length));
    let notices = rule.by_notice_method.iter().enumerate();
    let notices = notices.map(|(place, row)| (format!("by_notice_method.{place}"), row.length()));
    let reductions = rule.reduced_if.iter().enumerate();
    let reductions = reductions.map(|(place, row)| (format!("reduced_if.{place}"), row.length()));
    [named("base_duration", rule.base_duration)]
        .into_iter()
        .chain([identified, window, rescue].into_iter().flatten())
        .chain(notices)
        .chain(reductions)
        .collect()
}

/// Whether the holiday has a date in a leap year, in which all dates exist.
fn comes(holiday: &Holiday) -> bool {
    let is_counted = match holiday.on {
        HolidayDate::Nth { n, .. } => (1..=4).contains(&n),
        _ => true,
    };
    let always = Holiday {
        since: None,
        ..holiday.clone()
    };
    is_counted && always.date(LEAP_YEAR).is_some()
}

const LEAP_YEAR: i32 = 2024;
