//! Places in answers.

use async_graphql::SimpleObject;
use entity::{pet, sighting, vocabulary::PlacePrecision};

use crate::domain::places::Geocoded;
use geometry::Point;

/// A point in degrees, WGS 84.
#[derive(SimpleObject, Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

/// Where something is: a report or sighting, or an answer of `geocode`, which is public knowledge.
#[derive(SimpleObject, Clone, Debug)]
pub struct Place {
    /// Town and state, such as `Austin, TX`, with the country outside of the United States; never the address.
    pub label: String,
    /// Town.
    pub city: Option<String>,
    /// State or territory: two letters in the United States, its name elsewhere.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// One fixed masked point, 150 to 400 m from the true one, for everybody; for those who may know the exact place,
    /// the true point, or while only the postal code or town is known its middle. Null when the place is not on the
    /// map.
    pub coordinates: Option<Coordinates>,
    /// Whether the coordinates are those of a point that was given, or of an address that was found; false for a masked
    /// point, and for the middle of a postal code or of a town.
    pub exact: bool,
    /// Address as it was given, only for those who may know the exact place; in an answer of `geocode` the whole of it
    /// in one line, at most 300 characters.
    pub address: Option<String>,
    /// Whose data it is and under which licence, to be shown with it; only in answers of `geocode`.
    pub attribution: Option<String>,
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

impl From<Geocoded> for Place {
    fn from(found: Geocoded) -> Self {
        Self {
            label: found.names.label,
            city: found.names.city,
            region: found.names.region,
            postal_code: found.names.postal_code,
            country: found.names.country,
            coordinates: Some(found.point.into()),
            exact: found.is_exact,
            address: found.address,
            attribution: found.attribution,
        }
    }
}

impl Place {
    /// The point that the viewer of this place may know.
    pub fn point(&self) -> Option<Point> {
        let coordinates = self.coordinates?;
        Point::new(coordinates.latitude, coordinates.longitude).ok()
    }

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
            attribution: None,
        }
    }

    /// The place of a report for those who may know it.
    pub fn of_pet_exact(pet: &pet::Model) -> Self {
        Self {
            coordinates: Coordinates::of(pet.latitude, pet.longitude),
            exact: pet.precision == PlacePrecision::Point,
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
            attribution: None,
        }
    }

    /// The place of a sighting for those who may know it.
    pub fn of_sighting_exact(sighting: &sighting::Model) -> Self {
        Self {
            coordinates: Coordinates::of(sighting.latitude, sighting.longitude),
            exact: sighting.precision == PlacePrecision::Point,
            address: sighting.address.clone(),
            ..Self::of_sighting(sighting)
        }
    }
}
