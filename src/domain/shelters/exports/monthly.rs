//! The figures of a month, counted from the tables.

use std::mem;

use chrono_tz::Tz;
use entity::{
    id::{ShelterId, StayId},
    shelter,
};
use shelter_exports::{
    csv,
    monthly::{CountedStay, Figures, HEADER, Month, Tally, cells},
};

use super::address::{month_called, refuse_others};
use crate::{
    deps::Deps,
    domain::{
        custody::{self, zone_or_utc},
        staff::Actor,
    },
    kernel::Result,
};

/// Number of stays that are read at once.
const AT_ONCE: u64 = 500;

/// The figures of a shelter for a month, such as `2026-11`, by its own clocks.
pub async fn monthly_figures(deps: &Deps, actor: &Actor, shelter: &shelter::Model, month: &str) -> Result<Figures> {
    refuse_others(actor, shelter.id)?;
    count(deps, shelter.id, zone_or_utc(shelter), month_called(month)?).await
}

/// The same as the only page of a file.
pub(super) struct MonthlyPage {
    shelter: ShelterId,
    zone: Tz,
    month: Month,
    is_over: bool,
}

impl MonthlyPage {
    pub(super) fn new(shelter: ShelterId, zone: Tz, month: Month) -> Self {
        Self {
            shelter,
            zone,
            month,
            is_over: false,
        }
    }

    pub(super) fn header() -> String {
        csv::line(HEADER)
    }

    pub(super) async fn next_page(&mut self, deps: &Deps) -> Result<Option<String>> {
        if mem::replace(&mut self.is_over, true) {
            return Ok(None);
        }
        let figures = count(deps, self.shelter, self.zone, self.month).await?;
        let rows = figures.rows.iter().flat_map(|row| cells(figures.month, row));
        Ok(Some(rows.map(csv::line).collect()))
    }
}

async fn count(deps: &Deps, shelter: ShelterId, zone: Tz, month: Month) -> Result<Figures> {
    let (db, mut tally, mut after) = (deps.db.read(), Tally::new(month, zone), None);
    loop {
        let page = custody::stays_between(db, shelter, month.bounds(zone), after, AT_ONCE).await?;
        let Some((last, _)) = page.last() else {
            return Ok(tally.figures());
        };
        after = Some(last.id);
        let ids: Vec<StayId> = page.iter().map(|(stay, _)| stay.id).collect();
        let changes = custody::stage_changes_of(db, &ids).await?;
        for (stay, animal) in &page {
            let changes = changes.get(&stay.id).map(Vec::as_slice).unwrap_or_default();
            tally.take(&CountedStay::of(animal, stay, changes));
        }
    }
}
