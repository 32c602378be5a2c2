//! Which reports could be the same animal as another: a first sieve in the database.

use entity::{
    pet,
    vocabulary::{PetKind, PetStatus},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{
    score::{Ring, Subject},
    subject::subject,
};
use crate::kernel::{Result, geo::Bounds};

/// Most candidates of one report that are scored; the nearest in time come first.
const MOST: u64 = 20_000;
/// Most lost reports around a batch that are scored all against all.
const MOST_LOST: u64 = 5_000;

/// Open counterparts within the ring of a report.
pub async fn around(db: &impl ConnectionTrait, pet: &pet::Model) -> Result<Vec<pet::Model>> {
    let is_lost = pet.kind == PetKind::Lost;
    let own: Subject = subject(pet);
    let ring = if is_lost {
        Ring::around_lost(&own)
    } else {
        Ring::around_other(&own)
    };
    let mut select = open()
        .filter(sieve(&ring))
        .filter(pet::COLUMN.id.ne(pet.id))
        .limit(MOST);
    select = match is_lost {
        true => select
            .filter(pet::COLUMN.kind.ne(PetKind::Lost))
            .order_by_asc(pet::Column::SeenAt),
        false => select
            .filter(pet::COLUMN.kind.eq(PetKind::Lost))
            .order_by_desc(pet::Column::SeenAt),
    };
    Ok(select.order_by_asc(pet::Column::Id).all(db).await?)
}

/// The open lost reports within the rings of any of these other reports, or nothing said (`None`) when there are so
/// many that it is better to ask for each report by itself.
pub async fn lost_around_all(db: &impl ConnectionTrait, others: &[pet::Model]) -> Result<Option<Vec<pet::Model>>> {
    let mut any = Condition::any();
    let rings: Vec<Ring> = others.iter().map(|pet| Ring::around_other(&subject(pet))).collect();
    let earliest = rings.iter().map(|ring| ring.any_time.0.min(ring.fresh.0)).min();
    let latest = rings.iter().map(|ring| ring.any_time.1.max(ring.fresh.1)).max();
    if let (Some(earliest), Some(latest), Some((south, north))) = (earliest, latest, latitudes(&rings)) {
        any = any.add(
            Condition::all()
                .add(pet::COLUMN.public_latitude.between(south, north))
                .add(pet::COLUMN.seen_at.between(earliest, latest)),
        );
    }
    let chips: Vec<String> = rings.into_iter().filter_map(|ring| ring.microchip).collect();
    if !chips.is_empty() {
        any = any.add(pet::COLUMN.microchip.is_in(chips));
    }
    if any.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let found = open()
        .filter(pet::COLUMN.kind.eq(PetKind::Lost))
        .filter(any)
        .limit(MOST_LOST + 1)
        .all(db)
        .await?;
    Ok(Some(found).filter(|found| (found.len() as u64) <= MOST_LOST))
}

fn open() -> Select<pet::Entity> {
    pet::Entity::find().filter(pet::COLUMN.status.is_in([PetStatus::Open, PetStatus::Matched]))
}

fn latitudes(rings: &[Ring]) -> Option<(f64, f64)> {
    let boxes = || rings.iter().filter_map(|ring| ring.far.as_ref());
    let south = boxes().map(|bounds| bounds.south).reduce(f64::min)?;
    let north = boxes().map(|bounds| bounds.north).reduce(f64::max)?;
    Some((south, north))
}

fn sieve(ring: &Ring) -> Condition {
    let mut any = Condition::any();
    for (bounds, (from, to)) in [(&ring.near, ring.any_time), (&ring.far, ring.fresh)] {
        if let Some(bounds) = bounds {
            any = any.add(
                Condition::all()
                    .add(within(bounds))
                    .add(pet::COLUMN.seen_at.between(from, to)),
            );
        }
    }
    if let Some(chip) = &ring.microchip {
        any = any.add(pet::COLUMN.microchip.eq(chip.as_str()));
    }
    // Without place and chip nothing can be said of a report; an empty condition would let everything through.
    if any.is_empty() {
        Condition::all().add(pet::COLUMN.id.is_null())
    } else {
        any
    }
}

fn within(bounds: &Bounds) -> Condition {
    let longitudes = bounds
        .longitude_ranges()
        .into_iter()
        .fold(Condition::any(), |any, (west, east)| {
            any.add(pet::COLUMN.public_longitude.between(west, east))
        });
    Condition::all()
        .add(pet::COLUMN.public_latitude.between(bounds.south, bounds.north))
        .add(longitudes)
}
