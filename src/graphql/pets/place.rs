//! Places in answers.

use async_graphql::{ComplexObject, Context, Enum, SimpleObject};
use entity::{pet, shelter, sighting, vocabulary as stored};

use crate::{
    domain::places::{self, Geocoded},
    graphql::{context::ContextExt, error::nullable},
    kernel::Result,
};
use geometry::{MASK_REACH_METERS, Point};

/// Radii are rounded up to this, in metres.
const RADIUS_STEP_M: f64 = 100.0;

/// How exactly a place is known, whatever of it the viewer may see.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlacePrecision {
    /// A point that was given, or an address that was found.
    Exact,
    /// The middle of a street.
    Street,
    /// The middle of a postal code.
    PostalCode,
    /// The middle of a town.
    Town,
    /// The place was not understood, so it is not on the map.
    Unresolved,
}

/// What the radius of a place is computed from.
#[derive(Clone, Copy, Debug)]
enum Reach {
    /// How far the place itself reaches, in metres.
    Known(f64),
    /// That of a stored place of this precision, and how far a mask moves it, in metres.
    Stored(stored::PlacePrecision, f64),
}

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
#[graphql(complex)]
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
    /// One fixed masked point for everybody, no farther from the true one than `radiusMeters`; for those who may know the
    /// exact place, the true point, or while only the postal code or town is known its middle. Null when the place is not
    /// on the map.
    pub coordinates: Option<Coordinates>,
    /// Whether the coordinates are those of a point that was given, or of an address that was found; false for a masked
    /// point, and for the middle of a postal code or of a town.
    pub exact: bool,
    /// How exactly the place is known, the same for everybody: `exact` says whether the viewer sees it so.
    pub precision: PlacePrecision,
    /// Address as it was given, only for those who may know the exact place; in an answer of `geocode` the whole of it
    /// in one line, at most 300 characters.
    pub address: Option<String>,
    /// Whose data it is and under which licence, to be shown with it; only in answers of `geocode`.
    pub attribution: Option<String>,
    #[graphql(skip)]
    reach: Reach,
}

#[ComplexObject]
impl Place {
    /// How far the true place may be from `coordinates`, in metres, for a circle on a map. 0 for a point that is shown as
    /// it is; at most 1,400 for a masked one, whose mask is that of a place up to a kilometre away; as far as a street,
    /// postal code or town reaches for its middle. Null when the place is not on the map.
    async fn radius_meters(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<i32>> {
        nullable(async { self.radius(ctx) }).await
    }
}

impl Place {
    fn radius(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let meters = match self.reach {
            Reach::Known(meters) => Some(meters),
            Reach::Stored(precision, mask) => {
                let town = self.city.as_ref().zip(self.region.as_ref());
                let town = town.map(|(city, region)| format!("{city}, {region}"));
                let (code, town) = (self.postal_code.as_deref(), town.as_deref());
                places::reach_meters(ctx.deps()?, precision, code, town).map(|meters| meters + mask)
            }
        };
        let steps = self
            .coordinates
            .and(meters)
            .map(|meters| (meters / RADIUS_STEP_M).ceil());
        Ok(steps.map(|steps| (steps * RADIUS_STEP_M) as i32))
    }
}

impl From<stored::PlacePrecision> for PlacePrecision {
    fn from(precision: stored::PlacePrecision) -> Self {
        match precision {
            stored::PlacePrecision::Point => Self::Exact,
            stored::PlacePrecision::Street => Self::Street,
            stored::PlacePrecision::Postcode => Self::PostalCode,
            stored::PlacePrecision::City | stored::PlacePrecision::Shelter => Self::Town,
            stored::PlacePrecision::Unresolved => Self::Unresolved,
        }
    }
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
            exact: found.precision == stored::PlacePrecision::Point,
            precision: found.precision.into(),
            address: found.address,
            attribution: found.attribution,
            reach: Reach::Known(found.reach_meters),
        }
    }
}

impl Place {
    /// The point that the viewer of this place may know.
    pub fn point(&self) -> Option<Point> {
        let coordinates = self.coordinates?;
        Point::new(coordinates.latitude, coordinates.longitude).ok()
    }

    /// The place of a report as everybody may see it. Its precision is the stored one, or for an animal that stands at
    /// its shelter, that of the shelter's.
    pub fn of_pet(pet: &pet::Model, precision: stored::PlacePrecision) -> Self {
        Self {
            label: pet.place_label.clone(),
            city: pet.city.clone(),
            region: pet.region.clone(),
            postal_code: pet.postal_code.clone(),
            country: pet.country.clone(),
            coordinates: Coordinates::of(pet.public_latitude, pet.public_longitude),
            exact: false,
            precision: precision.into(),
            address: None,
            attribution: None,
            reach: Reach::Stored(precision, MASK_REACH_METERS),
        }
    }

    /// The place of a report for those who may know it.
    pub fn of_pet_exact(pet: &pet::Model, precision: stored::PlacePrecision) -> Self {
        Self {
            coordinates: Coordinates::of(pet.latitude, pet.longitude),
            address: pet.address.clone(),
            ..Self::of_pet(pet, precision).unmasked(precision)
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
            precision: sighting.precision.into(),
            address: None,
            attribution: None,
            reach: Reach::Stored(sighting.precision, MASK_REACH_METERS),
        }
    }

    /// The place of a sighting for those who may know it.
    pub fn of_sighting_exact(sighting: &sighting::Model) -> Self {
        Self {
            coordinates: Coordinates::of(sighting.latitude, sighting.longitude),
            address: sighting.address.clone(),
            ..Self::of_sighting(sighting).unmasked(sighting.precision)
        }
    }

    /// The place of a shelter, which everybody may know.
    pub fn of_shelter(shelter: &shelter::Model) -> Self {
        let precision = shelter.precision.unwrap_or(stored::PlacePrecision::City);
        let place = Self {
            label: shelter.place_label.clone(),
            city: shelter.city.clone(),
            region: shelter.region.clone(),
            postal_code: shelter.postal_code.clone(),
            country: shelter.country.clone(),
            coordinates: Coordinates::of(shelter.latitude, shelter.longitude),
            exact: false,
            precision: precision.into(),
            address: shelter.address.clone(),
            attribution: None,
            reach: Reach::Stored(precision, 0.0),
        };
        place.unmasked(precision)
    }

    /// The same at its true point.
    fn unmasked(self, precision: stored::PlacePrecision) -> Self {
        Self {
            exact: precision == stored::PlacePrecision::Point,
            reach: Reach::Stored(precision, 0.0),
            ..self
        }
    }
}
