//! A shelter's figures for its staff.

use std::time::Duration;

use chrono::NaiveTime;
use entity::{
    Timestamp,
    id::{PetId, ShelterId},
    pet, shelter, stay,
};
use import_reader::zone::Zone;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::{
    domain::{custody, pets, staff::Actor},
    kernel::{Result, Viewer},
};

/// A hold ends soon if it ends within this time.
const SOON: Duration = Duration::from_secs(24 * 60 * 60);
/// Maximum number of holds listed as ending soon.
const ENDING_SHOWN: u64 = 20;

/// Figures of one shelter. Days are those of its time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// Animals in the shelter's care.
    pub total: u64,
    /// Those animals that are not on hold.
    pub adoptable: u64,
    /// Animals that are kept for their owners.
    pub stray_hold: u64,
    /// Number of animals that the shelter can house.
    pub capacity: Option<i32>,
    /// Animals as a percentage of the capacity; `None` without a capacity.
    pub occupancy_percent: Option<f64>,
    /// Holds that end within 24 hours, soonest first, at most 20.
    pub holds_ending_soon: Vec<pet::Model>,
    /// Animals taken in today.
    pub intakes_today: u64,
    /// Animals that left today.
    pub outcomes_today: u64,
}

/// The current figures; `None` for viewers who do not work there.
pub async fn dashboard(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: &shelter::Model,
    now: Timestamp,
) -> Result<Option<Dashboard>> {
    if !actor.may_see_animals(shelter.id) {
        return Ok(None);
    }
    let midnight = midnight_of(shelter, now);
    let total = custody::present(shelter.id).count(db).await?;
    let stray_hold = custody::held(shelter.id, now).count(db).await?;
    let of_shelter = || {
        stay::Entity::find()
            .filter(stay::COLUMN.shelter_id.eq(shelter.id))
            .filter(custody::was_real())
    };
    let came = of_shelter().filter(stay::COLUMN.intake_at.gte(midnight));
    let left = of_shelter().filter(stay::COLUMN.outcome_at.gte(midnight));
    let capacity = shelter.capacity.filter(|capacity| 0 < *capacity);
    Ok(Some(Dashboard {
        total,
        adoptable: total.saturating_sub(stray_hold),
        stray_hold,
        capacity: shelter.capacity,
        occupancy_percent: capacity.map(|capacity| total as f64 * 100.0 / f64::from(capacity)),
        holds_ending_soon: ending_soon(db, &actor.viewer, shelter.id, now).await?,
        intakes_today: came.count(db).await?,
        outcomes_today: left.count(db).await?,
    }))
}

/// Number of animals that a shelter houses; public.
pub async fn occupancy(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    custody::count_present(db, shelter).await
}

/// When the present day of a shelter began.
fn midnight_of(shelter: &shelter::Model, now: Timestamp) -> Timestamp {
    let zone = custody::time_zone(shelter).unwrap_or(Zone::UTC);
    let midnight = zone.clock(now.to_utc()).date().and_time(NaiveTime::MIN);
    zone.instant(midnight).map_or(now, Timestamp::from)
}

/// The reports of the animals whose holds end soon, the first to end first.
async fn ending_soon(
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
