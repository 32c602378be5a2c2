//! Rules about holds as the staff of a shelter gives them.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use entity::{
    shelter,
    vocabulary::{IntakeKind, NoticeMethod, Species},
};
use sea_orm::ActiveEnum;
use stray_hold::{
    BuiltIn, Confidence, CountsFrom, Disposition, EndsAt, Holidays, IdentifiedDuration, Length, NoticeDuration, Place,
    Precedence, Rule, RuleFault, Unit,
};

use super::rules::{country_of, notice_word, place_of_rules};
use crate::kernel::{FieldCode, FieldError, text};

/// Maximum number of rules of a shelter.
const MOST_RULES: usize = 20;
/// Maximum number of lengths by notice; there are fewer methods.
const MOST_NOTICES: usize = 10;
/// Maximum length of a rule's id, which follows from its name.
const LONGEST_ID: usize = 50;

/// A rule. Its limits are those of the crate `stray-hold`.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenRule {
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// State or province that it is for.
    pub region: Option<String>,
    /// County that it is for.
    pub county: Option<String>,
    /// City that it is for.
    pub city: Option<String>,
    /// The species that it is about; empty for all.
    pub species: Vec<Species>,
    /// The kinds of intakes that it is about; empty for strays.
    pub intake_kinds: Vec<IntakeKind>,
    /// How long an animal is kept.
    pub base: GivenLength,
    /// The event that the count starts with.
    pub counts_from: CountsFrom,
    /// Whether the count of days starts on the day after that event.
    pub exclude_day_of_start: bool,
    /// How long one is kept that has a chip, a tag or a known owner.
    pub identified: Option<GivenIdentified>,
    /// Lengths that depend on how the owner was told.
    pub by_notice_method: Vec<GivenNotice>,
    /// At first only the owner may have the animal.
    pub owner_only: Option<GivenLength>,
    /// After this long it may go to another organisation.
    pub rescue_release: Option<GivenLength>,
    /// At which moment of the last day it ends.
    pub ends_at: EndsAt,
    /// Days of the week that are no business days, at most three.
    pub weekend: Vec<Weekday>,
    /// Holidays, which are no business days.
    pub holidays: BuiltIn,
    /// What it does to rules of larger places.
    pub precedence: Precedence,
    /// Where the law says so, at most 1,000 characters.
    pub citation: Option<String>,
    /// First day of intakes that it is about.
    pub effective_from: Option<String>,
    /// Last day of intakes that it is about.
    pub effective_to: Option<String>,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GivenLength {
    /// How many.
    pub length: i32,
    /// Of what.
    pub unit: Unit,
}

/// A length of time for identified animals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GivenIdentified {
    /// How long.
    pub length: GivenLength,
    /// The event that the count starts with.
    pub counts_from: CountsFrom,
}

/// A length of time for a way of telling the owner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GivenNotice {
    /// The way.
    pub method: NoticeMethod,
    /// How long.
    pub length: GivenLength,
    /// The event that the count starts with; `None` for that of the length that it replaces.
    pub counts_from: Option<CountsFrom>,
}

/// The rules as they are stored, or all that is wrong with them, at the paths of the input.
pub fn checked_rules(shelter: &shelter::Model, given: Vec<GivenRule>) -> Result<Vec<Rule>, Vec<FieldError>> {
    if MOST_RULES < given.len() {
        let message = format!("{} rules are too many: at most {MOST_RULES} are allowed", given.len());
        return Err(vec![FieldError::new("holdRules", FieldCode::TooMany, message)]);
    }
    let mut faults = Vec::new();
    let mut rules: Vec<Rule> = Vec::with_capacity(given.len());
    for (place, given) in given.into_iter().enumerate() {
        let mut form = Form {
            place,
            faults: &mut faults,
        };
        let mut rule = form.rule(given, country_of(shelter));
        rule.id = own_id(&rules, &rule.name);
        // The id follows from the name, which is checked as well.
        for fault in rule.check().iter().filter(|fault| fault.field != "id") {
            form.refuse(fault);
        }
        rules.push(rule);
    }
    let everywhere = place_of_rules(&rules, shelter);
    for (place, rule) in rules.iter().enumerate() {
        if !rule.jurisdiction.contains(&everywhere) {
            let message = format!(
                "this rule is for {}, others are for {everywhere}: the rules of one shelter name the same region, county \
                 and city",
                rule.jurisdiction
            );
            let mut form = Form {
                place,
                faults: &mut faults,
            };
            form.add(&["jurisdiction"], FieldCode::Invalid, message);
        }
    }
    match faults.is_empty() {
        true => Ok(rules),
        false => Err(faults),
    }
}

/// An id that no rule before has, made of the name.
fn own_id(before: &[Rule], name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let id: String = name.chars().take(LONGEST_ID).map(plain).collect();
    let further = (2..).map(|number: usize| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.clone()).chain(further);
    let is_free = |id: &String| before.iter().all(|rule| rule.id != *id);
    ids.find(is_free).unwrap_or_default()
}

/// One rule of the input, and the faults of all of them so far.
struct Form<'a> {
    place: usize,
    faults: &'a mut Vec<FieldError>,
}

impl Form<'_> {
    fn rule(&mut self, given: GivenRule, country: String) -> Rule {
        let jurisdiction = Place {
            country,
            region: self.line(&["jurisdiction", "region"], given.region.as_deref(), 100),
            county: self.line(&["jurisdiction", "county"], given.county.as_deref(), 100),
            city: self.line(&["jurisdiction", "city"], given.city.as_deref(), 100),
        };
        let kinds = match given.intake_kinds.is_empty() {
            true => vec![IntakeKind::Stray],
            false => given.intake_kinds,
        };
        let notices = given.by_notice_method.len();
        if MOST_NOTICES < notices {
            let message =
                format!("byNoticeMethod has {notices} rows; at most {MOST_NOTICES} are allowed: leave some out");
            self.add(&["byNoticeMethod"], FieldCode::TooMany, message);
        }
        let mut by_notice_method = Vec::new();
        for (number, row) in given.by_notice_method.iter().take(MOST_NOTICES).enumerate() {
            let length = self.length(&["byNoticeMethod", &number.to_string()], row.length);
            by_notice_method.push(NoticeDuration {
                method: notice_word(row.method),
                n: length.n,
                unit: length.unit,
                counts_from: row.counts_from,
            });
        }
        let identified = given.identified.map(|row| {
            let length = self.length(&["identified"], row.length);
            IdentifiedDuration {
                n: length.n,
                unit: length.unit,
                counts_from: row.counts_from,
            }
        });
        Rule {
            id: String::new(),
            name: self.name(&given.name),
            jurisdiction,
            species: given.species.iter().map(ActiveEnum::to_value).collect(),
            applies_to: BTreeSet::new(),
            intake_kinds: kinds.iter().map(ActiveEnum::to_value).collect(),
            base_duration: self.length(&["base"], given.base),
            counts_from: given.counts_from,
            exclude_day_of_start: given.exclude_day_of_start,
            identified_duration: identified,
            by_notice_method,
            reduced_if: Vec::new(),
            owner_only_window: given.owner_only.map(|length| self.length(&["ownerOnly"], length)),
            rescue_release_after: given
                .rescue_release
                .map(|length| self.length(&["rescueRelease"], length)),
            after_hold_disposition: Disposition::Any,
            exemptions: Vec::new(),
            ends_at: given.ends_at,
            weekend: given.weekend,
            holidays: Holidays {
                calendar: given.holidays,
                also: Vec::new(),
            },
            precedence: given.precedence,
            citation: self.line(&["citation"], given.citation.as_deref(), 1_000),
            source_url: None,
            effective_from: self.day("effectiveFrom", given.effective_from).unwrap_or_default(),
            effective_to: self.day("effectiveTo", given.effective_to),
            verified_at: None,
            confidence: Confidence::Unverified,
            note: None,
        }
    }

    /// The name; an empty one is refused with everything else that the rule's own check finds.
    fn name(&mut self, raw: &str) -> String {
        let whole = raw.chars().count();
        text::line("name", raw, whole.max(1)).unwrap_or_default()
    }

    fn line(&mut self, path: &[&str], raw: Option<&str>, max: usize) -> Option<String> {
        let field = path.last().copied().unwrap_or_default();
        match text::optional_line(field, raw, max) {
            Ok(line) => line,
            Err(fault) => {
                self.add(path, fault.code, fault.message);
                None
            }
        }
    }

    fn length(&mut self, path: &[&str], given: GivenLength) -> Length {
        if given.length < 0 {
            let path = [path, &["length"]].concat();
            let message = format!("{} is below 0: give 0 or more", path.join("."));
            self.add(&path, FieldCode::OutOfRange, message);
        }
        Length {
            // What is more than fits is more than the rule's own check allows.
            n: u16::try_from(given.length.max(0)).unwrap_or(u16::MAX),
            unit: given.unit,
        }
    }

    fn day(&mut self, field: &str, given: Option<String>) -> Option<NaiveDate> {
        let given = given?;
        let day: Option<NaiveDate> = given.trim().parse().ok();
        if day.is_none() {
            let message = format!("{field} is no day: write it like 2026-11-30");
            self.add(&[field], FieldCode::Invalid, message);
        }
        day
    }

    /// A fault that the rule's own check has found, in the words of the input.
    fn refuse(&mut self, fault: &RuleFault) {
        let path: Vec<&str> = fault.field.split('.').map(called).collect();
        let code = match path.last().copied() {
            _ if fault.problem.starts_with("is empty") => FieldCode::Required,
            Some("length") => FieldCode::OutOfRange,
            Some("weekend") => FieldCode::TooMany,
            _ if fault.problem.contains(" characters; at most ") => FieldCode::TooLong,
            _ => FieldCode::Invalid,
        };
        let problem = fault
            .problem
            .replace("base_duration", "base")
            .replace("effective_from", "effectiveFrom");
        let message = format!("{} {problem}", path.join("."));
        self.add(&path, code, message);
    }

    fn add(&mut self, path: &[&str], code: FieldCode, message: String) {
        let mut whole = vec!["holdRules".to_owned(), self.place.to_string()];
        whole.extend(path.iter().map(|part| (*part).to_owned()));
        self.faults.push(FieldError {
            path: whole,
            code,
            message,
        });
    }
}

/// What a field of a rule is called in the input.
fn called(field: &str) -> &str {
    match field {
        "n" => "length",
        "intake_kinds" => "intakeKinds",
        "base_duration" => "base",
        "identified_duration" => "identified",
        "by_notice_method" => "byNoticeMethod",
        "owner_only_window" => "ownerOnly",
        "rescue_release_after" => "rescueRelease",
        "effective_to" => "effectiveTo",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_names_and_differ() {
        let mut rules = Vec::new();
        for expected in ["texas--dogs", "texas--dogs-2", "texas--dogs-3"] {
            let id = own_id(&rules, "Texas, Dogs");
            assert_eq!(id, expected);
            let mut rule = stray_hold::rules_from_json(stray_hold::EXAMPLES).unwrap().remove(0);
            rule.id = id;
            rules.push(rule);
        }
    }
}
