//! How many adopted animals are still in their new homes some months later.

use std::collections::HashMap;

use chrono::Months;
use entity::{Timestamp, adoption_check, id::StayId, shelter, stay, vocabulary::AdoptionOutcome};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
};

use super::{
    came_back::{came_back, came_back_at},
    check_time::{CheckTime, adopted_before, day_of, due_at, outcome_of, zone_at},
    due::adoptions,
};
use crate::kernel::Result;

/// Over how many months, the last ones, figures are taken.
const OVER: Months = Months::new(12);

/// What became of the adoptions of a shelter by a time that came within the last twelve months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AdoptionFigures {
    /// All of them: the sum of the others.
    pub due: u64,
    /// The animals that were still there.
    pub kept: u64,
    /// Those that came back or were given away again.
    pub returned: u64,
    /// Those that died in their new homes.
    pub died: u64,
    /// Those of which nobody knows.
    pub unknown: u64,
}

impl AdoptionFigures {
    /// Those that were kept in percent of those that were kept or returned; `None` if there are none.
    pub fn percent(self) -> Option<f64> {
        let known = self.kept + self.returned;
        (0 < known).then(|| self.kept as f64 * 100.0 / known as f64)
    }
}

/// The figures of a shelter. The caller checks that the viewer may see its dashboard. Rows are read only of adoptions of
/// which something is known; all others are counted.
pub async fn adoption_figures(
    db: &impl ConnectionTrait,
    (shelter, now): (&shelter::Model, Timestamp),
    time: CheckTime,
) -> Result<AdoptionFigures> {
    let zone = zone_at(shelter);
    let today = day_of(now, zone);
    let former = today.checked_sub_months(OVER).unwrap_or(today);
    let in_time = || -> Select<stay::Entity> {
        adoptions(shelter)
            .filter(stay::COLUMN.outcome_at.gte(adopted_before(former, time, zone)))
            .filter(stay::COLUMN.outcome_at.lt(adopted_before(today, time, zone)))
    };
    let returned = in_time().filter(came_back()).all(db).await?;
    let back = came_back_at(db, &returned).await?;
    let mut recorded = recorded(db, in_time()).await?;
    let mut outcomes: Vec<AdoptionOutcome> = Vec::with_capacity(returned.len() + recorded.len());
    for stay in &returned {
        let due = due_at(stay.outcome_at.unwrap_or(stay.intake_at), time, zone);
        let checks = recorded.remove(&stay.id).unwrap_or_default();
        outcomes.extend(outcome_of((time, due), back.get(&stay.id).copied(), &checks));
    }
    let others = recorded.values();
    outcomes.extend(others.filter_map(|checks| outcome_of((time, now), None, checks)));
    let count = |wanted: AdoptionOutcome| outcomes.iter().filter(|outcome| **outcome == wanted).count() as u64;
    let due = in_time().count(db).await?;
    let (kept, returned, died) = (
        count(AdoptionOutcome::Kept),
        count(AdoptionOutcome::Returned),
        count(AdoptionOutcome::Died),
    );
    Ok(AdoptionFigures {
        due,
        kept,
        returned,
        died,
        unknown: due.saturating_sub(kept + returned + died),
    })
}

async fn recorded(
    db: &impl ConnectionTrait,
    adoptions: Select<stay::Entity>,
) -> Result<HashMap<StayId, Vec<adoption_check::Model>>> {
    let ids = adoptions.select_only().column(stay::Column::Id).into_query();
    let found = adoption_check::Entity::find().filter(adoption_check::Column::StayId.in_subquery(ids));
    let mut recorded: HashMap<StayId, Vec<adoption_check::Model>> = HashMap::new();
    for check in found.all(db).await? {
        recorded.entry(check.stay_id).or_default().push(check);
    }
    Ok(recorded)
}
