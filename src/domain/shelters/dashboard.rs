//! A shelter's figures for its staff.

use std::time::Duration;

use entity::{Timestamp, id::ShelterId, pet, shelter, vocabulary::PetKind};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func},
};

use crate::{
    domain::{pets, staff::Actor},
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
    let viewer = &actor.viewer;
    let held = || in_care(viewer, shelter.id).filter(on_hold(now));
    let midnight = Timestamp(now.0 - now.0.rem_euclid(i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX)));
    let total = in_care(viewer, shelter.id).count(db).await?;
    let stray_hold = held().count(db).await?;
    let ending = held()
        .filter(pet::COLUMN.seen_at.lte(now.minus(HOLD_FOR).plus(DAY)))
        .order_by_asc(pet::Column::SeenAt)
        .order_by_asc(pet::Column::Id)
        .limit(ENDING_SHOWN);
    let came = sheltered(viewer, shelter.id).filter(pet::COLUMN.seen_at.gte(midnight));
    let left = sheltered(viewer, shelter.id).filter(pet::COLUMN.closed_at.gte(midnight));
    let capacity = shelter.capacity.filter(|capacity| 0 < *capacity);
    Ok(Some(Dashboard {
        total,
        adoptable: total.saturating_sub(stray_hold),
        stray_hold,
        capacity: shelter.capacity,
        occupancy_percent: capacity.map(|capacity| total as f64 * 100.0 / f64::from(capacity)),
        holds_ending_soon: ending.all(db).await?,
        intakes_today: came.count(db).await?,
        outcomes_today: left.count(db).await?,
    }))
}

/// Number of animals in a shelter's care; public.
pub async fn occupancy(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    Ok(in_care(&Viewer::Visitor, shelter).count(db).await?)
}

fn sheltered(viewer: &Viewer, shelter: ShelterId) -> Select<pet::Entity> {
    pets::visible_to(viewer)
        .filter(pet::COLUMN.shelter_id.eq(shelter))
        .filter(pet::COLUMN.kind.eq(PetKind::Sheltered))
}

fn in_care(viewer: &Viewer, shelter: ShelterId) -> Select<pet::Entity> {
    sheltered(viewer, shelter).filter(pets::live())
}

/// Strays whose owners may still come; the shelter's own word for the intake decides which animals are strays.
fn on_hold(now: Timestamp) -> Condition {
    let intake_type = Func::lower(Expr::col(pet::Column::IntakeType));
    Condition::all()
        .add(Expr::expr(intake_type).like("%stray%"))
        .add(pet::COLUMN.seen_at.gt(now.minus(HOLD_FOR)))
}
