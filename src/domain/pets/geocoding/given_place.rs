//! The place of a report or sighting, as far as looking it up goes.

use entity::{pet, sighting, vocabulary::PlacePrecision};
use sea_orm::ActiveValue;

use geometry::Point;

/// The stored columns of a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GivenPlace {
    pub(super) precision: PlacePrecision,
    /// The true point; a secret.
    pub(super) point: Option<Point>,
    /// The masked point.
    pub(super) public: Option<Point>,
    pub(super) city: Option<String>,
    pub(super) region: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) country: Option<String>,
    /// As it was given; a secret.
    pub(super) address: Option<String>,
}

impl From<&pet::Model> for GivenPlace {
    fn from(pet: &pet::Model) -> Self {
        Self {
            precision: pet.precision,
            point: point(pet.latitude, pet.longitude),
            public: point(pet.public_latitude, pet.public_longitude),
            city: pet.city.clone(),
            region: pet.region.clone(),
            postal_code: pet.postal_code.clone(),
            country: pet.country.clone(),
            address: pet.address.clone(),
        }
    }
}

impl From<&sighting::Model> for GivenPlace {
    fn from(sighting: &sighting::Model) -> Self {
        Self {
            precision: sighting.precision,
            point: point(sighting.latitude, sighting.longitude),
            public: point(sighting.public_latitude, sighting.public_longitude),
            city: sighting.city.clone(),
            region: sighting.region.clone(),
            postal_code: sighting.postal_code.clone(),
            country: sighting.country.clone(),
            address: sighting.address.clone(),
        }
    }
}

/// Made from a row that is about to be written, with all columns of its place.
impl From<&pet::ActiveModel> for GivenPlace {
    fn from(row: &pet::ActiveModel) -> Self {
        Self {
            precision: value(&row.precision).unwrap_or(PlacePrecision::Unresolved),
            point: point(value(&row.latitude).flatten(), value(&row.longitude).flatten()),
            public: point(
                value(&row.public_latitude).flatten(),
                value(&row.public_longitude).flatten(),
            ),
            city: value(&row.city).flatten(),
            region: value(&row.region).flatten(),
            postal_code: value(&row.postal_code).flatten(),
            country: value(&row.country).flatten(),
            address: value(&row.address).flatten(),
        }
    }
}

fn value<T: Clone + Into<sea_orm::Value>>(value: &ActiveValue<T>) -> Option<T> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value.clone()),
        ActiveValue::NotSet => None,
    }
}

fn point(latitude: Option<f64>, longitude: Option<f64>) -> Option<Point> {
    Point::new(latitude?, longitude?).ok()
}
