//! What a shelter says of its hours and its places.

use async_graphql::InputObject;
use entity::vocabulary as stored;

use crate::{
    domain::shelters::{GivenException, GivenSpan},
    graphql::{
        scalars::Date,
        vocabulary::{Species, Weekday},
    },
};

/// A span of every week in which a shelter is open, in its local time. Spans of one day must not overlap.
#[derive(InputObject)]
pub struct OpeningHoursInput {
    /// Day of the week.
    weekday: Weekday,
    /// When it opens: two digits each for hour and minute, such as `09:30`.
    opens: String,
    /// When it closes, after that; `24:00` for midnight.
    closes: String,
}

/// A day that differs from its week: either opens and closes, or closed. Several with one date are several spans.
#[derive(InputObject)]
pub struct HoursExceptionInput {
    /// Which day: from today, at most two years ahead.
    date: Date,
    /// When it opens, such as `09:30`.
    opens: Option<String>,
    /// When it closes, after that.
    closes: Option<String>,
    /// Whether it is closed all day.
    #[graphql(default_with = "Some(false)")]
    closed: Option<bool>,
    /// Why, at most 200 characters; public.
    note: Option<String>,
}

/// How many animals of a species a shelter can house.
#[derive(InputObject)]
pub struct SpeciesCapacityInput {
    /// The species; each at most once.
    species: Species,
    /// How many, 0 to 100,000.
    capacity: i32,
}

impl From<OpeningHoursInput> for GivenSpan {
    fn from(input: OpeningHoursInput) -> Self {
        Self {
            weekday: input.weekday.into(),
            opens: input.opens,
            closes: input.closes,
        }
    }
}

impl From<HoursExceptionInput> for GivenException {
    fn from(input: HoursExceptionInput) -> Self {
        Self {
            date: input.date.0,
            opens: input.opens,
            closes: input.closes,
            closed: input.closed.unwrap_or(false),
            note: input.note,
        }
    }
}

impl From<SpeciesCapacityInput> for (stored::Species, i32) {
    fn from(input: SpeciesCapacityInput) -> Self {
        (input.species.into(), input.capacity)
    }
}
