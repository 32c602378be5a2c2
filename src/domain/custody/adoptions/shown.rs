//! What is known of adoptions some months later.

use std::collections::{BTreeSet, HashMap};

use entity::{
    Timestamp, adoption_check,
    id::{ShelterId, StayId},
    shelter, stay,
    vocabulary::{AdoptionOutcome, StayOutcome},
};
use import_reader::zone::Zone;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{
    came_back::came_back_at,
    check_time::{CheckTime, due_at, outcome_of, zone_at},
};
use crate::kernel::Result;

/// What is known of an adoption by a time.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownCheck {
    /// The stay that ended with the adoption.
    pub stay: stay::Model,
    /// By which time.
    pub time: CheckTime,
    /// When that was, or will be.
    pub due_at: Timestamp,
    /// What became of it; `None` if nobody knows yet.
    pub outcome: Option<AdoptionOutcome>,
    /// What was recorded; `None` if nobody recorded anything.
    pub recorded: Option<adoption_check::Model>,
}

/// The checks of those of the stays that ended with an adoption, the first time first. The caller checks that the viewer may
/// see the stays.
pub async fn checks_of(db: &impl ConnectionTrait, stays: &[stay::Model]) -> Result<HashMap<StayId, Vec<ShownCheck>>> {
    let adopted = stays.iter().filter(|stay| stay.outcome == Some(StayOutcome::Adopted));
    let adopted: Vec<stay::Model> = adopted.cloned().collect();
    if adopted.is_empty() {
        return Ok(HashMap::new());
    }
    let (zones, back) = (zones_of(db, &adopted).await?, came_back_at(db, &adopted).await?);
    let mut recorded = recorded_of(db, &adopted).await?;
    let shown = adopted.into_iter().map(|stay| {
        let zone = zones.get(&stay.shelter_id).copied().unwrap_or(Zone::UTC);
        let recorded = recorded.remove(&stay.id).unwrap_or_default();
        let back = back.get(&stay.id).copied();
        (stay.id, checks(&stay, zone, back, &recorded))
    });
    Ok(shown.collect())
}

fn checks(
    stay: &stay::Model,
    zone: Zone,
    came_back_at: Option<Timestamp>,
    recorded: &[adoption_check::Model],
) -> Vec<ShownCheck> {
    let adopted_at = stay.outcome_at.unwrap_or(stay.intake_at);
    let check = |time: CheckTime| {
        let due_at = due_at(adopted_at, time, zone);
        ShownCheck {
            stay: stay.clone(),
            time,
            due_at,
            outcome: outcome_of((time, due_at), came_back_at, recorded),
            recorded: recorded.iter().find(|check| check.months == time.stored()).cloned(),
        }
    };
    CheckTime::ALL.into_iter().map(check).collect()
}

/// The zones of the shelters of stays.
async fn zones_of(db: &impl ConnectionTrait, stays: &[stay::Model]) -> Result<HashMap<ShelterId, Zone>> {
    let ids: BTreeSet<ShelterId> = stays.iter().map(|stay| stay.shelter_id).collect();
    let shelters = shelter::Entity::find()
        .filter(shelter::COLUMN.id.is_in(ids))
        .all(db)
        .await?;
    Ok(shelters.iter().map(|shelter| (shelter.id, zone_at(shelter))).collect())
}

async fn recorded_of(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
) -> Result<HashMap<StayId, Vec<adoption_check::Model>>> {
    let ids = stays.iter().map(|stay| stay.id);
    let found = adoption_check::Entity::find().filter(adoption_check::COLUMN.stay_id.is_in(ids));
    let mut recorded: HashMap<StayId, Vec<adoption_check::Model>> = HashMap::new();
    for check in found.all(db).await? {
        recorded.entry(check.stay_id).or_default().push(check);
    }
    Ok(recorded)
}
