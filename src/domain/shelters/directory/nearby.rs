//! The shelters around a report, where its people ask for the animal.

use entity::{pet, shelter};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    domain::shelters::store::{by_ids, standpoints},
    kernel::{Error, Result},
};
use geometry::{Circle, DistanceUnit, Point, distance_meters};

/// How far shelters are looked for: 25 miles, the distance within which shelters are told of lost animals.
const REACH_METERS: f64 = 40_000.0;
/// Maximum number of shelters.
const MOST: i32 = 20;

/// A shelter near a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearby {
    /// The shelter.
    pub shelter: shelter::Model,
    /// How far it is from the report's public point.
    pub meters: f64,
}

/// The verified shelters around a report, nearest first. Only its public point counts, for everybody, so that no answer
/// tells more about the true one; none if it is not on the map.
pub async fn nearby_shelters(db: &impl ConnectionTrait, pet: &pet::Model, first: i32) -> Result<Vec<Nearby>> {
    if !(0..=MOST).contains(&first) {
        return Err(Error::BadInput(format!("first must be from 0 to {MOST}").into()));
    }
    let most = usize::try_from(first).unwrap_or_default();
    let point = pet.public_latitude.zip(pet.public_longitude);
    let Some(here) = point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()) else {
        return Ok(Vec::new());
    };
    let circle = Circle::new(here, REACH_METERS).map_err(Error::internal)?;
    let verified = shelter::Entity::find().filter(shelter::COLUMN.verified.eq(true));
    let standpoints = standpoints(db, verified, &circle.bounding_box()).await?;
    let mut near: Vec<_> = standpoints
        .into_iter()
        .filter_map(|place| Some((place.point()?, place.id)))
        .filter(|(point, _)| circle.contains(*point))
        .map(|(point, id)| (distance_meters(here, point), id))
        .collect();
    near.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    near.truncate(most);
    let ids: Vec<_> = near.iter().map(|(_, id)| *id).collect();
    let shelters = by_ids(db, &ids).await?;
    let nearby = near.into_iter().filter_map(|(meters, id)| {
        let shelter = shelters.iter().find(|shelter| shelter.id == id)?.clone();
        Some(Nearby { shelter, meters })
    });
    Ok(nearby.collect())
}

/// The distance from a point to a shelter, rounded for the unit; `None` if it is not on the map.
pub fn distance_from(shelter: &shelter::Model, from: Point, unit: DistanceUnit) -> Option<f64> {
    let there = Point::new(shelter.latitude?, shelter.longitude?).ok()?;
    Some(unit.rounded(distance_meters(from, there)))
}
