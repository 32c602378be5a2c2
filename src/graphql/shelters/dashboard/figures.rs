//! The parts of a shelter's dashboard.

use std::time::Duration;

use async_graphql::SimpleObject;

use crate::{
    domain::custody,
    graphql::{
        scalars::Date,
        vocabulary::{StayOutcome, StayStage},
    },
};

/// Milliseconds of an hour.
const HOUR: f64 = 3_600_000.0;

/// The animals in a stage.
#[derive(SimpleObject)]
pub struct StageCount {
    /// The stage, as Stay.stage tells it.
    pub(super) stage: StayStage,
    /// How many animals are in it.
    pub(super) animals: i32,
}

/// What happened in a shelter on a day. Stays that were taken back are not counted.
#[derive(SimpleObject)]
pub struct ShelterDay {
    /// The day.
    date: Date,
    /// How many animals came in.
    intakes: i32,
    /// How many left.
    outcomes: i32,
    /// How they left; ways in which none did are not listed.
    by_outcome: Vec<OutcomeCount>,
}

/// The animals that left in one way.
#[derive(SimpleObject)]
pub struct OutcomeCount {
    /// How they left.
    outcome: StayOutcome,
    /// How many did.
    animals: i32,
}

/// How long stays were that ended within some days. Stays that were taken back are not counted.
#[derive(SimpleObject)]
pub struct StayLengths {
    /// How many days it is about, today among them.
    days: i32,
    /// How many stays ended in them.
    stays: i32,
    /// The median of their lengths in hours, from intake to outcome: half of them were shorter. Null without any.
    median_hours: Option<f64>,
}

impl StayLengths {
    pub(super) fn new(days: i32, lengths: custody::StayLengths) -> Self {
        let hours = |length: Duration| length.as_millis() as f64 / HOUR;
        Self {
            days,
            stays: count(lengths.stays),
            median_hours: lengths.median.map(hours),
        }
    }
}

impl From<custody::DayCount> for ShelterDay {
    fn from(day: custody::DayCount) -> Self {
        let listed = |(outcome, animals): (entity::vocabulary::StayOutcome, u64)| OutcomeCount {
            outcome: outcome.into(),
            animals: count(animals),
        };
        Self {
            date: Date(day.date.to_string()),
            intakes: count(day.intakes),
            outcomes: count(day.left()),
            by_outcome: day.outcomes.into_iter().map(listed).collect(),
        }
    }
}

/// A number as GraphQL's Int.
pub(super) fn count(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
