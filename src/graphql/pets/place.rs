//! Places in answers.

use async_graphql::SimpleObject;
use entity::{pet, sighting};

use crate::kernel::geo::Point;

/// A point in degrees, WGS 84.
#[derive(SimpleObject, Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

/// Where something is.
#[derive(SimpleObject, Clone, Debug)]
pub struct Place {
    /// Town and state, such as `Austin, TX`; never the address.
    pub label: String,
    /// Town.
    pub city: Option<String>,
    /// State or territory, two letters.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// One fixed masked point, 150 to 400 m from the true one, unless `exact`; null when the place is not on the map.
    pub coordinates: Option<Coordinates>,
    /// Whether the coordinates and the address are the true ones.
    pub exact: bool,
    /// Address as it was given; only for those who may know the exact place.
    pub address: Option<String>,
}

impl Coordinates {
    /// Both or nothing.
    pub fn of(latitude: Option<f64>, longitude: Option<f64>) -> Option<Self> {
        Some(Self {
            latitude: latitude?,
            longitude: longitude?,
        })
    }
}

impl From<Point> for Coordinates {
    fn from(point: Point) -> Self {
        Self {
            latitude: point.latitude,
            longitude: point.longitude,
        }
    }
}

impl Place {
    /// The place of a report as everybody may see it.
    pub fn of_pet(pet: &pet::Model) -> Self {
        Self {
            label: pet.place_label.clone(),
            city: pet.city.clone(),
            region: pet.region.clone(),
            postal_code: pet.postal_code.clone(),
            country: pet.country.clone(),
            coordinates: Coordinates::of(pet.public_latitude, pet.public_longitude),
            exact: false,
            address: None,
        }
    }

    /// The place of a report for those who may know it.
    pub fn of_pet_exact(pet: &pet::Model) -> Self {
        Self {
            coordinates: Coordinates::of(pet.latitude, pet.longitude),
            exact: pet.latitude.is_some(),
            address: pet.address.clone(),
            ..Self::of_pet(pet)
        }
    }

    /// The place of a sighting as everybody may see it.
    pub fn of_sighting(sighting: &sighting::Model) -> Self {
        Self {
            label: sighting.place_label.clone(),
            city: sighting.city.clone(),
            region: sighting.region.clone(),
            postal_code: sighting.postal_code.clone(),
            country: sighting.country.clone(),
            coordinates: Coordinates::of(sighting.public_latitude, sighting.public_longitude),
            exact: false,
            address: None,
        }
    }

    /// The place of a sighting for those who may know it.
    pub fn of_sighting_exact(sighting: &sighting::Model) -> Self {
        Self {
            coordinates: Coordinates::of(sighting.latitude, sighting.longitude),
            exact: sighting.latitude.is_some(),
            address: sighting.address.clone(),
            ..Self::of_sighting(sighting)
        }
    }
}
