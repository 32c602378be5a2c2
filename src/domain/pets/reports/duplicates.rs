//! Reports that may be of the same animal as a new one.

use std::time::Duration;

use entity::{pet, vocabulary::PetStatus};
use geometry::{Circle, Point};
use pet_index::Area;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chips::{chips_of, with_any_chip};
use crate::{
    deps::Deps,
    domain::pets::{search::within, store::visible_to, visual_similarity::near_duplicates},
    kernel::{Result, Viewer},
};

/// How near two reports of one animal lie, as everybody sees them.
const NEAR_METERS: f64 = 1_000.0;
/// How near in time.
const NEAR_TIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How many are shown.
const MOST: u8 = 5;

/// Open reports of the same species that show one of this one's photos, the surest first, wherever they are; then those of
/// the same kind and species within a kilometre and a week, and those with the same microchip by the same reporter, last
/// reported first.
pub(super) async fn possible_duplicates(deps: &Deps, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let mut found = near_duplicates(deps, viewer, pet, usize::from(MOST)).await?;
    for other in by_details(deps.db.read(), viewer, pet).await? {
        if found.iter().all(|known| known.id != other.id) {
            found.push(other);
        }
    }
    found.truncate(usize::from(MOST));
    Ok(found)
}

async fn by_details(db: &impl ConnectionTrait, viewer: &Viewer, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let chips = chips_of(pet);
    let same_chip = pet.reporter_id.filter(|_| !chips.is_empty()).map(|reporter| {
        Condition::all()
            .add(with_any_chip(&chips))
            .add(pet::COLUMN.reporter_id.eq(reporter))
    });
    let alike = nearby(pet).map(|area| {
        Condition::all()
            .add(pet::Column::Kind.eq(pet.kind))
            .add(pet::Column::Species.eq(pet.species))
            .add(
                pet::COLUMN
                    .seen_at
                    .between(pet.seen_at.minus(NEAR_TIME), pet.seen_at.plus(NEAR_TIME)),
            )
            .add(area)
    });
    if same_chip.is_none() && alike.is_none() {
        return Ok(Vec::new());
    }
    let found = visible_to(viewer)
        .filter(pet::Column::Status.eq(PetStatus::Open))
        .filter(pet::COLUMN.id.ne(pet.id))
        .filter(Condition::any().add_option(same_chip).add_option(alike))
        .order_by_desc(pet::Column::ReportedAt)
        .order_by_desc(pet::Column::Id)
        .limit(u64::from(MOST));
    Ok(found.all(db).await?)
}

fn nearby(pet: &pet::Model) -> Option<Condition> {
    let point = Point::new(pet.public_latitude?, pet.public_longitude?).ok()?;
    let circle = Circle::new(point, NEAR_METERS).ok()?;
    Some(within(&Area::Circle(circle)))
}
