//! Reports around another.

use entity::{pet, vocabulary::PetStatus};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::{search::Area, store::visible_to};
use crate::kernel::{Result, Viewer};
use geometry::{Circle, Point};

/// Circles around the report that are looked into, one after the other, in metres. The first is small, because in a large
/// city thousands of reports lie within a few kilometres.
const RADII: [f64; 4] = [1_000.0, 4_000.0, 16_000.0, 80_000.0];
/// So many reports are enough.
const ENOUGH: usize = 60;
/// So many are read at most; the last reported come first.
const MOST: u64 = 300;

/// Open reports of the same species in the neighbourhood, as everybody sees them, last reported first: in the smallest of
/// four circles that holds enough of them. Of a report without a place on the map, the last reported anywhere.
pub async fn around(db: &impl ConnectionTrait, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let open = || {
        visible_to(viewer)
            .filter(pet::COLUMN.status.is_in([PetStatus::Open, PetStatus::Matched]))
            .filter(pet::Column::Species.eq(pet.species))
            .filter(pet::COLUMN.id.ne(pet.id))
            // By a sum, so that no database walks all reports in that order to find the few of a neighbourhood.
            .order_by_desc(Expr::col((pet::Entity, pet::Column::ReportedAt)).add(0))
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
