//! The figures of the present moment.

use std::time::Duration;

use entity::{
    Timestamp,
    id::{PetId, ShelterId},
    pet, shelter, stay,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use crate::{
    domain::{
        custody::{self, InCare, LocalDays, zone_or_utc},
        pets,
        shelters::profile::percent,
        staff::Actor,
    },
    kernel::{Result, Viewer},
};

/// A hold ends soon if it ends within this time.
pub(super) const SOON: Duration = Duration::from_secs(24 * 60 * 60);
/// Maximum number of holds listed as ending soon.
const ENDING_SHOWN: u64 = 20;

/// Figures of one shelter.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// When they were true.
    pub at: Timestamp,
    /// Animals in the shelter's care.
    pub in_care: InCare,
    /// Number of animals that the shelter can house.
    pub capacity: Option<i32>,
    /// Animals taken in today.
    pub intakes_today: u64,
    /// Animals that left today.
    pub outcomes_today: u64,
}

impl Dashboard {
    /// Those animals that are not on hold.
    pub fn adoptable(&self) -> u64 {
        self.in_care.total().saturating_sub(self.in_care.held())
    }

    /// The animals that the shelter houses as a percentage of the capacity; `None` without a capacity.
    pub fn occupancy_percent(&self) -> Option<f64> {
        percent(self.in_care.housed(), self.capacity)
    }
}

/// The figures at that time; `None` for viewers who do not work there.
pub async fn dashboard(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: &shelter::Model,
    now: Timestamp,
) -> Result<Option<Dashboard>> {
    if !actor.may_see_animals(shelter.id) {
        return Ok(None);
    }
    let days = custody::count_days(db, shelter.id, &today(shelter, now)).await?;
    Ok(Some(Dashboard {
        at: now,
        in_care: custody::count_in_care(db, shelter.id, now).await?,
        capacity: shelter.capacity,
        intakes_today: days.iter().map(|day| day.intakes).sum(),
        outcomes_today: days.iter().map(|day| day.left()).sum(),
    }))
}

/// The present day of a shelter.
pub(super) fn today(shelter: &shelter::Model, now: Timestamp) -> LocalDays {
    LocalDays::up_to(now, zone_or_utc(shelter), 1)
}

/// Number of animals that a shelter houses; public.
pub async fn occupancy(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    custody::count_present(db, shelter).await
}

/// The reports of the animals whose holds end within 24 hours, the first to end first, at most 20. The caller checks that the
/// viewer may see the dashboard.
pub async fn holds_ending_soon(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    shelter: ShelterId,
    now: Timestamp,
) -> Result<Vec<pet::Model>> {
    let ending = custody::holds_ending_by(shelter, now, now.plus(SOON))
        .select_only()
        .column(stay::Column::PetId)
        .filter(stay::COLUMN.pet_id.is_not_null())
        .limit(ENDING_SHOWN);
    let ids: Vec<PetId> = ending.into_tuple().all(db).await?;
    let mut reports = pets::find_many(db, viewer, &ids).await?;
    reports.sort_by_key(|report| ids.iter().position(|id| *id == report.id));
    Ok(reports)
}
