//! A shelter's figures for its staff.

use std::time::Duration;

use entity::{
    Timestamp,
    id::{PetId, ShelterId},
    pet, shelter, stay,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    domain::{custody, pets, staff::Actor},
    kernel::{Result, Viewer},
};

/// How long a stray is kept for its owner before it may be adopted, counted from its intake. States require three to
/// seven days, and towns have rules of their own: five is a common one, so check the local law.
pub const HOLD_FOR: Duration = Duration::from_secs(5 * DAY_SECONDS);

const DAY_SECONDS: u64 = 24 * 60 * 60;
const DAY: Duration = Duration::from_secs(DAY_SECONDS);
/// Maximum number of holds listed as ending soon.
const ENDING_SHOWN: u64 = 20;

/// Figures of one shelter. Days are in UTC.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// Animals in the shelter's care.
    pub total: u64,
    /// Those animals that are not on hold.
    pub adoptable: u64,
    /// Strays within [`HOLD_FOR`] of their intake.
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
    let held = || custody::held(shelter.id, now.minus(HOLD_FOR));
    let midnight = Timestamp(now.0 - now.0.rem_euclid(i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX)));
    let total = custody::present(shelter.id).count(db).await?;
    let stray_hold = held().count(db).await?;
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
        holds_ending_soon: ending_soon(db, &actor.viewer, held(), now).await?,
        intakes_today: came.count(db).await?,
        outcomes_today: left.count(db).await?,
    }))
}

/// Number of animals that a shelter houses; public.
pub async fn occupancy(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    custody::count_present(db, shelter).await
}

/// The reports of the holds that end soon, soonest first.
async fn ending_soon(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    held: Select<stay::Entity>,
    now: Timestamp,
) -> Result<Vec<pet::Model>> {
    let ending = held
        .select_only()
        .column(stay::Column::PetId)
        .filter(stay::COLUMN.intake_at.lte(now.minus(HOLD_FOR).plus(DAY)))
        .filter(stay::COLUMN.pet_id.is_not_null())
        .order_by_asc(stay::Column::IntakeAt)
        .order_by_asc(stay::Column::Id)
        .limit(ENDING_SHOWN);
    let ids: Vec<PetId> = ending.into_tuple().all(db).await?;
    let mut reports = pets::find_many(db, viewer, &ids).await?;
    reports.sort_by_key(|report| ids.iter().position(|id| *id == report.id));
    Ok(reports)
}
