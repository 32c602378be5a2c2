//! The rules of a shelter as its staff gave them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::{
    shelter,
    vocabulary::{IntakeKind, NoticeMethod, Species},
};
use sea_orm::ActiveEnum;
use stray_hold::{Length, NoticeDuration, Rule};

use super::{
    given::{GivenIdentified, GivenLength, GivenNotice, GivenRule},
    rules::stored_rules,
};
use crate::kernel::Result;

/// What a shelter says about holds.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownHolds {
    /// Its rules.
    pub rules: Vec<GivenRule>,
    /// The days on which it is closed, the first first.
    pub closed_days: Vec<String>,
}

/// What a shelter says about holds. The caller checks that the viewer works there.
pub fn shown_holds(shelter: &shelter::Model) -> Result<ShownHolds> {
    let closed_days: BTreeSet<NaiveDate> = match &shelter.closed_days {
        Some(days) => serde_json::from_str(days)?,
        None => BTreeSet::new(),
    };
    Ok(ShownHolds {
        rules: stored_rules(shelter)?.into_iter().map(shown).collect(),
        closed_days: closed_days.iter().map(NaiveDate::to_string).collect(),
    })
}

fn shown(rule: Rule) -> GivenRule {
    let since = Some(rule.effective_from).filter(|day| *day != NaiveDate::default());
    GivenRule {
        name: rule.name,
        region: rule.jurisdiction.region,
        county: rule.jurisdiction.county,
        city: rule.jurisdiction.city,
        species: known::<Species>(&rule.species),
        intake_kinds: known::<IntakeKind>(&rule.intake_kinds),
        base: length(rule.base_duration),
        counts_from: rule.counts_from,
        exclude_day_of_start: rule.exclude_day_of_start,
        identified: rule.identified_duration.map(|row| GivenIdentified {
            length: length(row.length()),
            counts_from: row.counts_from,
        }),
        by_notice_method: rule.by_notice_method.iter().filter_map(notice).collect(),
        owner_only: rule.owner_only_window.map(length),
        rescue_release: rule.rescue_release_after.map(length),
        ends_at: rule.ends_at,
        weekend: rule.weekend,
        holidays: rule.holidays.calendar,
        precedence: rule.precedence,
        citation: rule.citation,
        effective_from: since.map(|day| day.to_string()),
        effective_to: rule.effective_to.map(|day| day.to_string()),
    }
}

fn notice(row: &NoticeDuration) -> Option<GivenNotice> {
    Some(GivenNotice {
        method: NoticeMethod::try_from_value(&row.method).ok()?,
        length: length(row.length()),
        counts_from: row.counts_from,
    })
}

fn length(length: Length) -> GivenLength {
    GivenLength {
        length: i32::from(length.n),
        unit: length.unit,
    }
}

/// The words that are still in the vocabulary.
fn known<T: ActiveEnum<Value = String>>(words: &BTreeSet<String>) -> Vec<T> {
    words.iter().filter_map(|word| T::try_from_value(word).ok()).collect()
}
