//! Reports that may be of the same animal as a new one.

use std::{cmp::Reverse, time::Duration};

use entity::{id::PetId, pet, vocabulary::PetStatus};
use geometry::{Circle, Point};
use pet_index::{Area, Everybody, IndexFilter, LivePetIndex, PinRef, Window};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chips::{chips_of, with_any_chip};
use crate::{
    deps::Deps,
    domain::pets::{
        store::{find_many, visible_to},
        visual_similarity::near_duplicates,
    },
    kernel::{Result, Viewer},
};

/// How near two reports of one animal lie, as everybody sees them.
const NEAR_METERS: f64 = 1_000.0;
/// How near in time.
const NEAR_TIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How many are shown.
const MOST: u8 = 5;

/// Open reports of the same species that show one of this one's photos, the surest first, wherever they are; then those of
/// the same kind and species within a kilometre and a week that everybody may see, and those with the same microchip by the
/// same reporter, last reported first.
pub(super) async fn possible_duplicates(deps: &Deps, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let mut found = near_duplicates(deps, viewer, pet, usize::from(MOST)).await?;
    let mut by_details = nearby(deps, viewer, pet).await?;
    by_details.extend(with_same_chip(deps.db.read(), viewer, pet).await?);
    // Memory may be a moment behind another node.
    by_details.retain(|other| other.status == PetStatus::Open);
    by_details.sort_unstable_by_key(|other| Reverse((other.reported_at, other.id)));
    for other in by_details {
        if found.iter().all(|known| known.id != other.id) {
            found.push(other);
        }
    }
    found.truncate(usize::from(MOST));
    Ok(found)
}

/// From memory, since the tables would be searched by one of place, time and species alone.
async fn nearby(deps: &Deps, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let point = pet.public_latitude.zip(pet.public_longitude);
    let point = point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok());
    let Some(circle) = point.and_then(|point| Circle::new(point, NEAR_METERS).ok()) else {
        return Ok(Vec::new());
    };
    let index_filter = IndexFilter {
        kinds: Some(vec![pet.kind]),
        statuses: Some(vec![PetStatus::Open]),
        species: Some(vec![pet.species]),
        area: Some(Area::Circle(circle)),
        seen_from: Some(pet.seen_at.minus(NEAR_TIME)),
        seen_to: Some(pet.seen_at.plus(NEAR_TIME)),
        ..IndexFilter::default()
    };
    let window = Window {
        after: None,
        before: None,
        limit: usize::from(MOST) + 1,
        backward: false,
    };
    let found = deps.read_model::<LivePetIndex>().look(deps, |live_index| {
        let newest = live_index.pet_index(Everybody).newest(&index_filter, &window);
        newest.items.iter().map(PinRef::id).collect::<Vec<PetId>>()
    });
    let mut ids = found.await?;
    ids.retain(|id| *id != pet.id);
    find_many(deps.db.read(), viewer, &ids).await
}

async fn with_same_chip(db: &impl ConnectionTrait, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let chips = chips_of(pet);
    let Some(reporter) = pet.reporter_id.filter(|_| !chips.is_empty()) else {
        return Ok(Vec::new());
    };
    let found = visible_to(viewer)
        .filter(with_any_chip(&chips))
        .filter(pet::COLUMN.reporter_id.eq(reporter))
        .filter(pet::Column::Status.eq(PetStatus::Open))
        .filter(pet::COLUMN.id.ne(pet.id))
        .order_by_desc(pet::Column::ReportedAt)
        .limit(u64::from(MOST));
    Ok(found.all(db).await?)
}
