//! What a shelter says about how long it keeps animals for their owners.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use entity::shelter;
use sea_orm::ActiveValue::{NotSet, Set};

use crate::{
    domain::custody::{GivenRule, checked_rules},
    kernel::{Error, FieldCode, FieldError, Result},
};

/// Allowed length of the shelter's own hold, in calendar days.
const DAYS: std::ops::RangeInclusive<i32> = 0..=365;
/// Maximum number of days on which a shelter is closed.
const MOST_CLOSED_DAYS: usize = 400;

/// The changes; `None` keeps the present value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HoldSettings {
    /// All of its rules.
    pub rules: Option<Vec<GivenRule>>,
    /// For how many calendar days it keeps a stray where no rule fits, 0 to 365.
    pub days: Option<i32>,
    /// All days on which it is closed besides weekends and holidays, at most 400.
    pub closed_days: Option<Vec<String>>,
    /// Local time at which it closes, such as `18:30`; an inner `None` empties it.
    pub closes_at: Option<Option<String>>,
}

impl HoldSettings {
    /// Whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The columns that change. Reports all faults.
    pub(super) fn columns(self, shelter: &shelter::Model) -> Result<shelter::ActiveModel> {
        let Self {
            rules,
            days,
            closed_days,
            closes_at,
        } = self;
        let mut faults = Vec::new();
        let mut row = shelter::ActiveModel::default();
        if let Some(given) = rules {
            match checked_rules(shelter, given) {
                Ok(rules) if rules.is_empty() => row.hold_rules = Set(None),
                Ok(rules) => row.hold_rules = Set(Some(serde_json::to_string(&rules)?)),
                Err(found) => faults.extend(found),
            }
        }
        match days {
            Some(days) if !DAYS.contains(&days) => {
                let message = "holdDays must be from 0 to 365 days";
                faults.push(FieldError::new("holdDays", FieldCode::OutOfRange, message));
            }
            days => row.hold_days = days.map_or(NotSet, Set),
        }
        if let Some(given) = closed_days {
            match dates(&given) {
                Ok(days) if days.is_empty() => row.closed_days = Set(None),
                Ok(days) => row.closed_days = Set(Some(serde_json::to_string(&days)?)),
                Err(found) => faults.extend(found),
            }
        }
        match closes_at.map(closing_time).transpose() {
            Ok(time) => row.closes_at = time.map_or(NotSet, Set),
            Err(fault) => faults.push(fault),
        }
        match faults.is_empty() {
            true => Ok(row),
            false => Err(Error::Invalid(faults)),
        }
    }
}

fn dates(given: &[String]) -> Result<BTreeSet<NaiveDate>, Vec<FieldError>> {
    if MOST_CLOSED_DAYS < given.len() {
        let message = format!(
            "{} days are too many: at most {MOST_CLOSED_DAYS} are allowed",
            given.len()
        );
        return Err(vec![FieldError::new("closedDays", FieldCode::TooMany, message)]);
    }
    let (mut days, mut faults) = (BTreeSet::new(), Vec::new());
    for (place, day) in given.iter().enumerate() {
        match day.trim().parse::<NaiveDate>() {
            Ok(day) => {
                days.insert(day);
            }
            Err(_) => faults.push(FieldError {
                path: vec!["closedDays".to_owned(), place.to_string()],
                code: FieldCode::Invalid,
                message: format!("\"{day}\" is no day: write it like 2026-11-30"),
            }),
        }
    }
    match faults.is_empty() {
        true => Ok(days),
        false => Err(faults),
    }
}

fn closing_time(given: Option<String>) -> Result<Option<String>, FieldError> {
    let Some(given) = given else { return Ok(None) };
    match NaiveTime::parse_from_str(given.trim(), "%H:%M") {
        Ok(time) => Ok(Some(time.format("%H:%M").to_string())),
        Err(_) => {
            let message = "closesAt is no time of day: write it like 18:30";
            Err(FieldError::new("closesAt", FieldCode::Invalid, message))
        }
    }
}
