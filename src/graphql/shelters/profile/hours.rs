//! When a shelter is open.

use std::time::Duration;

use async_graphql::{Context, SimpleObject};

use crate::{
    domain::shelters::{self, hours},
    graphql::{
        context::ContextExt,
        scalars::{Date, DateTime},
        shelters::Shelter,
        vocabulary::Weekday,
    },
    kernel::Result,
};

/// Days that are over are shown until they are over everywhere.
const OVER_EVERYWHERE: Duration = Duration::from_secs(12 * 60 * 60);

/// A span of every week in which a shelter is open, in its local time. A day may have several.
#[derive(SimpleObject)]
pub struct OpeningHours {
    /// Day of the week.
    weekday: Weekday,
    /// When it opens, such as `09:30`.
    opens: String,
    /// When it closes, after that; `24:00` for midnight.
    closes: String,
}

/// A day that differs from its week. Several with one date are several spans of that day.
#[derive(SimpleObject)]
pub struct HoursException {
    /// Which day.
    date: Date,
    /// Whether it is closed all day.
    closed: bool,
    /// When it opens, such as `09:30`; null if it is closed.
    opens: Option<String>,
    /// When it closes, after that; null if it is closed.
    closes: Option<String>,
    /// Why, for visitors.
    note: Option<String>,
}

impl Shelter {
    /// The hours of each week.
    pub(in crate::graphql::shelters) fn weekly_hours(&self) -> Result<Vec<OpeningHours>> {
        let weekly = shelters::hours_of(&self.0)?.weekly.into_iter();
        let listed = weekly.map(|weekly| OpeningHours {
            weekday: weekly.weekday.into(),
            opens: hours::clock_text(weekly.span.opens),
            closes: hours::clock_text(weekly.span.closes),
        });
        Ok(listed.collect())
    }

    /// The days that differ, those that are over left out.
    pub(in crate::graphql::shelters) fn special_hours(&self, ctx: &Context<'_>) -> Result<Vec<HoursException>> {
        let today = ctx.deps()?.clock.now().minus(OVER_EVERYWHERE).to_utc().date_naive();
        let exceptions = shelters::hours_of(&self.0)?.exceptions.into_iter();
        let listed = exceptions
            .filter(|exception| today <= exception.date)
            .map(|exception| HoursException {
                date: Date(exception.date.to_string()),
                closed: exception.span.is_none(),
                opens: exception.span.map(|span| hours::clock_text(span.opens)),
                closes: exception.span.map(|span| hours::clock_text(span.closes)),
                note: exception.note,
            });
        Ok(listed.collect())
    }

    /// Whether it is open.
    pub(in crate::graphql::shelters) fn is_open(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        shelters::open_now(&self.0, ctx.deps()?.clock.now())
    }

    /// When it opens next.
    pub(in crate::graphql::shelters) fn next_opening(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let opens = shelters::opens_at(&self.0, ctx.deps()?.clock.now())?;
        Ok(opens.map(DateTime))
    }
}
