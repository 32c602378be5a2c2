//! Counts of a shelter's stays. Stays that were taken back count nowhere. The callers check that the viewer may see them.

use std::{collections::HashMap, time::Duration};

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{
    Timestamp,
    id::ShelterId,
    stay,
    vocabulary::{StayOutcome, StayStage},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait, Func},
};
use shelter_exports::monthly::beginning_of;

use super::{
    listing::of_shelter,
    store::{held_at, holds_ending_by, present},
};
use crate::kernel::Result;

/// Milliseconds of most days.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The animals in a shelter's care at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InCare {
    stages: HashMap<StayStage, u64>,
    held: u64,
}

impl InCare {
    /// How many there are.
    pub fn total(&self) -> u64 {
        self.stages.values().sum()
    }

    /// How many of them are in that stage, as the stage of a stay is told.
    pub fn in_stage(&self, stage: StayStage) -> u64 {
        self.stages.get(&stage).copied().unwrap_or_default()
    }

    /// How many of them are kept for their owners, whatever their stage.
    pub fn held(&self) -> u64 {
        self.held
    }

    /// How many of them the shelter houses: those in foster homes take no place in it.
    pub fn housed(&self) -> u64 {
        self.total().saturating_sub(self.in_stage(StayStage::Foster))
    }

    fn add(&mut self, stage: StayStage, stays: u64) {
        *self.stages.entry(stage).or_default() += stays;
    }
}

/// Counts the animals in a shelter's care.
pub async fn count_in_care(db: &impl ConnectionTrait, shelter: ShelterId, now: Timestamp) -> Result<InCare> {
    let held = Expr::case(held_at(now), Expr::col(stay::Column::Id));
    let stages: Vec<(StayStage, i64, i64)> = present(shelter)
        .select_only()
        .column(stay::Column::Stage)
        .expr_as(Expr::col(stay::Column::Id).count(), "number")
        .expr_as(Func::count(held), "held")
        .group_by(stay::Column::Stage)
        .into_tuple()
        .all(db)
        .await?;
    let mut in_care = InCare::default();
    for (stage, stays, held) in stages {
        let (stays, held) = (number(stays), number(held));
        in_care.held += held;
        match stage {
            StayStage::Intake => {
                in_care.add(StayStage::Intake, stays.saturating_sub(held));
                in_care.add(StayStage::Hold, held);
            }
            stage => in_care.add(stage, stays),
        }
    }
    Ok(in_care)
}

/// The end of the first hold that ends after that time, which is not open.
pub async fn next_hold_end(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    after: Timestamp,
) -> Result<Option<Timestamp>> {
    let next = holds_ending_by(shelter, after, Timestamp(i64::MAX))
        .select_only()
        .column(stay::Column::HoldUntil)
        .limit(1);
    Ok(next.into_tuple::<Timestamp>().one(db).await?)
}

/// Successive days by the clocks of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalDays {
    dates: Vec<NaiveDate>,
    /// When each of them begins, and when the last one ends.
    bounds: Vec<Timestamp>,
}

impl LocalDays {
    /// So many days, the last of which is that of `now`.
    pub fn up_to(now: Timestamp, zone: Tz, count: u32) -> Self {
        let today = now.to_utc().with_timezone(&zone).date_naive();
        let before = |days: u32| today.checked_sub_days(chrono::Days::new(days.into()));
        let dates: Vec<NaiveDate> = (0..count).rev().filter_map(before).collect();
        let limits = dates.iter().copied().chain(today.succ_opt());
        Self {
            bounds: limits.map(|day| beginning_of(day, zone)).collect(),
            dates,
        }
    }

    /// When the first one begins and the last one ends.
    pub fn span(&self) -> (Timestamp, Timestamp) {
        let nothing = Timestamp(0);
        (
            self.bounds.first().copied().unwrap_or(nothing),
            self.bounds.last().copied().unwrap_or(nothing),
        )
    }

    /// The number of the day, from 0, in which the instant of a column lies. Days of 24 hours in a row are one case of it; one
    /// on which the clocks change is one of its own.
    fn number_of(&self, column: stay::Column) -> CaseStatement {
        self.runs().into_iter().fold(CaseStatement::new(), |cases, run| {
            let instant = || Expr::col(column);
            let number = match run.is_regular {
                true => instant().sub(run.begin).div(DAY).add(run.first),
                false => Expr::value(run.first),
            };
            cases.case(instant().lt(run.end), number)
        })
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let ends = self.bounds.iter().skip(1);
        for (first, (begin, end)) in (0..).zip(self.bounds.iter().zip(ends)) {
            let is_regular = end.0 - begin.0 == DAY;
            match runs.last_mut() {
                Some(run) if run.is_regular && is_regular => run.end = end.0,
                _ => runs.push(Run {
                    first,
                    begin: begin.0,
                    end: end.0,
                    is_regular,
                }),
            }
        }
        runs
    }
}

/// Days in a row.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    first: i64,
    begin: i64,
    end: i64,
    /// Whether each of them has 24 hours; otherwise it is only one.
    is_regular: bool,
}

/// What happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub date: NaiveDate,
    /// Number of stays that began.
    pub intakes: u64,
    /// Number of stays that ended, by how they did.
    pub outcomes: Vec<(StayOutcome, u64)>,
}

impl DayCount {
    /// Number of stays that ended.
    pub fn left(&self) -> u64 {
        self.outcomes.iter().map(|(_, stays)| stays).sum()
    }
}

/// Counts what happened on each of these days, also on those on which nothing did.
pub async fn count_days(db: &impl ConnectionTrait, shelter: ShelterId, days: &LocalDays) -> Result<Vec<DayCount>> {
    let (from, to) = days.span();
    let count = || Expr::col(stay::Column::Id).count();
    let intakes: Vec<(i64, i64)> = of_shelter(shelter)
        .filter(stay::COLUMN.intake_at.gte(from))
        .filter(stay::COLUMN.intake_at.lt(to))
        .select_only()
        .expr_as(days.number_of(stay::Column::IntakeAt), "day")
        .expr_as(count(), "number")
        .group_by(Expr::col("day"))
        .into_tuple()
        .all(db)
        .await?;
    let outcomes: Vec<(i64, StayOutcome, i64)> = of_shelter(shelter)
        .filter(stay::COLUMN.outcome_at.gte(from))
        .filter(stay::COLUMN.outcome_at.lt(to))
        .filter(stay::COLUMN.outcome.is_not_null())
        .select_only()
        .expr_as(days.number_of(stay::Column::OutcomeAt), "day")
        .column(stay::Column::Outcome)
        .expr_as(count(), "number")
        .group_by(Expr::col("day"))
        .group_by(stay::Column::Outcome)
        .order_by_asc(stay::Column::Outcome)
        .into_tuple()
        .all(db)
        .await?;
    let nothing = |date: &NaiveDate| DayCount {
        date: *date,
        intakes: 0,
        outcomes: Vec::new(),
    };
    let mut counted: Vec<DayCount> = days.dates.iter().map(nothing).collect();
    let place = |day: i64| usize::try_from(day).unwrap_or(usize::MAX);
    for (day, stays) in intakes {
        if let Some(day) = counted.get_mut(place(day)) {
            day.intakes = number(stays);
        }
    }
    for (day, outcome, stays) in outcomes {
        if let Some(day) = counted.get_mut(place(day)) {
            day.outcomes.push((outcome, number(stays)));
        }
    }
    Ok(counted)
}

/// How long stays were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StayLengths {
    /// Number of stays.
    pub stays: u64,
    /// As long were as many of them as were longer; `None` without any.
    pub median: Option<Duration>,
}

/// How long those stays were that ended within that time, all or only those that ended like this.
pub async fn stay_lengths(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    (from, to): (Timestamp, Timestamp),
    outcome: Option<StayOutcome>,
) -> Result<StayLengths> {
    let mut ended = of_shelter(shelter)
        .filter(stay::COLUMN.outcome_at.gte(from))
        .filter(stay::COLUMN.outcome_at.lt(to));
    if let Some(outcome) = outcome {
        ended = ended.filter(stay::Column::Outcome.eq(outcome));
    }
    let stays = ended.clone().count(db).await?;
    let Some(last) = stays.checked_sub(1) else {
        return Ok(StayLengths { stays, median: None });
    };
    let length = || Expr::col(stay::Column::OutcomeAt).sub(Expr::col(stay::Column::IntakeAt));
    // The one in the middle, or the two beside it.
    let middle: Vec<i64> = ended
        .select_only()
        .expr_as(length(), "length")
        .order_by_asc(length())
        .offset(last / 2)
        .limit(1 + last % 2)
        .into_tuple()
        .all(db)
        .await?;
    let sum: u64 = middle.iter().copied().map(number).sum();
    let median = sum.checked_div(middle.len() as u64).map(Duration::from_millis);
    Ok(StayLengths { stays, median })
}

fn number(counted: i64) -> u64 {
    u64::try_from(counted).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_on_which_the_clocks_change_are_counted_apart() {
        // 10 March 2026 at noon in Texas, where the clocks had gone forward on the 8th.
        let days = LocalDays::up_to(Timestamp(1_773_162_000_000), Tz::America__Chicago, 5);

        let lengths: Vec<(i64, i64, bool)> = days
            .runs()
            .iter()
            .map(|run| (run.first, (run.end - run.begin) / (60 * 60 * 1000), run.is_regular))
            .collect();
        assert_eq!(lengths, [(0, 48, true), (2, 23, false), (3, 48, true)]);
        assert_eq!(days.dates.first(), NaiveDate::from_ymd_opt(2026, 3, 6).as_ref());
    }

    #[test]
    fn a_day_ends_where_the_next_one_begins() {
        let days = LocalDays::up_to(Timestamp(1_773_162_000_000), Tz::UTC, 1);

        let (from, to) = days.span();
        assert_eq!(from.to_string(), "2026-03-10T00:00:00.000Z");
        assert_eq!(to.to_string(), "2026-03-11T00:00:00.000Z");
    }
}
