//! Reports around another.

use entity::{pet, vocabulary::PetStatus};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{search::Area, store::visible_to};
use crate::kernel::{
    Result, Viewer,
    geo::{Circle, Point},
};

/// Circles around the report that are looked into, one after the other, in metres.
const RADII: [f64; 3] = [8_000.0, 40_000.0, 160_000.0];
/// So many reports are enough.
const ENOUGH: usize = 60;
/// So many are read at most; the last reported come first.
const MOST: u64 = 300;

/// Open reports of the same species in the neighbourhood, as everybody sees them, last reported first: in the smallest of
/// three circles that holds enough of them. Of a report without a place on the map, the last reported anywhere.
pub async fn around(db: &impl ConnectionTrait, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let open = || {
        visible_to(viewer)
            .filter(pet::COLUMN.status.is_in([PetStatus::Open, PetStatus::Matched]))
            .filter(pet::Column::Species.eq(pet.species))
            .filter(pet::COLUMN.id.ne(pet.id))
            .order_by_desc(pet::Column::ReportedAt)
            .order_by_desc(pet::Column::Id)
            .limit(MOST)
    };
    let place = pet.public_latitude.zip(pet.public_longitude);
    let Some(point) = place.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()) else {
        return Ok(open().all(db).await?);
    };
    let mut found = Vec::new();
    for circle in RADII.into_iter().filter_map(|radius| Circle::new(point, radius).ok()) {
        found = open().filter(Area::Circle(circle).condition()).all(db).await?;
        if ENOUGH <= found.len() {
            break;
        }
    }
    Ok(found)
}
