//! Reports near another report.

use entity::pet;
use geometry::{Circle, Point};
use pet_index::Area;
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    domain::pets::{live::live, search::within, store::visible_to},
    kernel::{Result, Viewer},
};

/// Radii of the circles that are searched one after the other, in metres. The first is small, because in a large city
/// thousands of reports lie within a few kilometres.
const RADII: [f64; 4] = [1_000.0, 4_000.0, 16_000.0, 80_000.0];
/// The search stops once it has found this many reports.
const ENOUGH: usize = 60;
/// Maximum number of reports read; the last reported come first.
const MOST: u64 = 300;

/// Open reports of the same species nearby, as everybody sees them, last reported first. They are taken from the
/// smallest of four circles that contains enough of them. For a report without a place on the map, the last reported
/// anywhere.
pub async fn around(db: &impl ConnectionTrait, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let open = || {
        visible_to(&Viewer::Visitor)
            .filter(live())
            .filter(pet::Column::Species.eq(pet.species))
            .filter(pet::COLUMN.id.ne(pet.id))
            // Sorted by an expression, so that no database walks through all reports in that order to find the few
            // nearby.
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
        found = open().filter(within(&Area::Circle(circle))).all(db).await?;
        if ENOUGH <= found.len() {
            break;
        }
    }
    Ok(found)
}
