//! Where an animal was: what people say, the true point, and the one place that everybody may see.
//!
//! Whatever is public is made from the masked point or from words that name a town. The label is never the address.

use entity::{pet, vocabulary::PlacePrecision};
use sea_orm::ActiveValue::{self, Set};
use uuid::Uuid;

use crate::{
    deps::Deps,
    kernel::{
        Error, FieldCode, FieldError, Result,
        geo::{self, GeoError, Point},
        text,
    },
    ports::geocoder::ResolvedPlace,
};

/// What stands for the town where none is known.
const NO_TOWN: &str = "Unknown place";

/// How somebody says where it was.
#[derive(Debug, Clone, PartialEq)]
pub enum LocationInput {
    /// Latitude and longitude in degrees.
    Point(f64, f64),
    /// A postal address or a town, at most 300 characters.
    Address(String),
    /// A US postal code, at most 20 characters.
    PostalCode(String),
}

/// A place as far as it could be found.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The true point; a secret.
    pub point: Option<Point>,
    /// How exactly it is known.
    pub precision: PlacePrecision,
    /// Public words: town and state.
    pub label: String,
    /// Town.
    pub city: Option<String>,
    /// State or territory.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// As it was given; a secret.
    pub address: Option<String>,
}

/// A public point with its names.
pub(super) struct PublicPlace {
    /// The masked point.
    pub point: Point,
    /// What its neighbourhood is called.
    pub names: Names,
}

/// Names of a place that everybody may know.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Names {
    pub label: String,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}

/// Finds a place. Words that cannot be resolved are kept, without a point; only what is out of range, empty or too long
/// is refused.
pub fn locate(deps: &Deps, location: LocationInput) -> Result<Located> {
    match location {
        LocationInput::Point(latitude, longitude) => {
            let point = point_at("point", latitude, longitude)?;
            let names = names_near(deps, point);
            Ok(Located::new(Some(point), PlacePrecision::Point, names, None))
        }
        LocationInput::Address(raw) => {
            let address = text::line("address", &raw, 300).map_err(one)?;
            let found = deps.geocoder.address(&address);
            resolved(found, Some(address), None)
        }
        LocationInput::PostalCode(raw) => {
            let code = text::line("postalCode", &raw, 20).map_err(one)?;
            let found = deps.geocoder.postal_code(&code);
            resolved(found, None, Some(code))
        }
    }
}

/// A checked point of the input; a fault names the coordinate below `field`.
pub fn point_at(field: &str, latitude: f64, longitude: f64) -> Result<Point> {
    Point::new(latitude, longitude).map_err(|fault| {
        let part = match fault {
            GeoError::Latitude => "latitude",
            _ => "longitude",
        };
        Error::Invalid(vec![FieldError {
            path: vec![field.to_owned(), part.to_owned()],
            code: FieldCode::OutOfRange,
            message: fault.to_string(),
        }])
    })
}

/// Sets every column of the place: the true point, the public one, its map cell and its words. The row must have its id.
///
/// The public point stays where it is while the true one stays within a kilometre of the place that the mask was drawn
/// from, so that no series of corrections can narrow down the home.
pub fn place_columns(deps: &Deps, row: &mut pet::ActiveModel, located: &Located, previous: Option<&pet::Model>) {
    let id = previous.map(|pet| pet.id).or_else(|| current(&row.id));
    row.precision = Set(located.precision);
    row.latitude = Set(located.point.map(|point| point.latitude));
    row.longitude = Set(located.point.map(|point| point.longitude));
    row.address = Set(located.address.clone());

    let (Some(point), Some(id)) = (located.point, id) else {
        name_columns(row, &located.names());
        public_columns(row, None);
        anchor_columns(row, None);
        return;
    };
    if previous.is_some_and(|pet| keeps_place(pet, point)) {
        return;
    }
    let public = public_place(deps, id.0, point, located);
    name_columns(row, &public.names);
    public_columns(row, Some(public.point));
    anchor_columns(row, Some(point));
}

/// The masked point of a record, with the names that everybody may see.
///
/// An exact point is named after its masked one. The middle of a town or postal code is known to everybody and would
/// give the mask away, so such places are masked with a key of their own.
pub(super) fn public_place(deps: &Deps, record: Uuid, point: Point, located: &Located) -> PublicPlace {
    let is_exact = located.precision == PlacePrecision::Point;
    let purpose = if is_exact {
        "location mask"
    } else {
        "location mask of a town"
    };
    let public = geo::mask(&deps.secret.key(purpose), record, point);
    let names = if is_exact {
        names_near(deps, public)
    } else {
        located.names()
    };
    PublicPlace { point: public, names }
}

/// Whether the public place of a report stays as it is when the true point moves there.
fn keeps_place(pet: &pet::Model, point: Point) -> bool {
    let anchor = pet
        .anchor_latitude
        .zip(pet.anchor_longitude)
        .and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok());
    pet.public_latitude.is_some() && anchor.is_some_and(|anchor| geo::keeps_mask(anchor, point))
}

fn name_columns(row: &mut pet::ActiveModel, names: &Names) {
    row.place_label = Set(names.label.clone());
    row.city = Set(names.city.clone());
    row.region = Set(names.region.clone());
    row.postal_code = Set(names.postal_code.clone());
    row.country = Set(names.country.clone());
}

fn public_columns(row: &mut pet::ActiveModel, point: Option<Point>) {
    let vector = point.map(Point::unit_vector);
    let cell = point.map(geo::map_cell);
    row.public_latitude = Set(point.map(|point| point.latitude));
    row.public_longitude = Set(point.map(|point| point.longitude));
    row.public_x = Set(vector.map(|[x, _, _]| x));
    row.public_y = Set(vector.map(|[_, y, _]| y));
    row.public_z = Set(vector.map(|[_, _, z]| z));
    row.map_x = Set(cell.map(|(x, _)| x));
    row.map_y = Set(cell.map(|(_, y)| y));
}

fn anchor_columns(row: &mut pet::ActiveModel, anchor: Option<Point>) {
    row.anchor_latitude = Set(anchor.map(|point| point.latitude));
    row.anchor_longitude = Set(anchor.map(|point| point.longitude));
}

fn current<T: Clone + Into<sea_orm::Value>>(value: &ActiveValue<T>) -> Option<T> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value.clone()),
        ActiveValue::NotSet => None,
    }
}

fn resolved(found: Option<ResolvedPlace>, address: Option<String>, code: Option<String>) -> Result<Located> {
    let Some(place) = found else {
        let names = Names {
            postal_code: code,
            ..Names::unknown()
        };
        return Ok(Located::new(None, PlacePrecision::Unresolved, names, address));
    };
    let point = Point::new(place.latitude, place.longitude).map_err(Error::internal)?;
    Ok(Located::new(Some(point), place.precision, Names::of(place), address))
}

fn names_near(deps: &Deps, point: Point) -> Names {
    let near = deps.geocoder.nearest(point.latitude, point.longitude);
    near.map_or_else(Names::unknown, Names::of)
}

fn one(fault: FieldError) -> Error {
    Error::Invalid(vec![fault])
}

impl Names {
    fn unknown() -> Self {
        Self {
            label: NO_TOWN.to_owned(),
            city: None,
            region: None,
            postal_code: None,
            country: None,
        }
    }

    fn of(place: ResolvedPlace) -> Self {
        Self {
            label: format!("{}, {}", place.city, place.region),
            city: Some(place.city),
            region: Some(place.region),
            postal_code: place.postal_code,
            country: Some(place.country),
        }
    }
}

impl Located {
    fn new(point: Option<Point>, precision: PlacePrecision, names: Names, address: Option<String>) -> Self {
        Self {
            point,
            precision,
            label: names.label,
            city: names.city,
            region: names.region,
            postal_code: names.postal_code,
            country: names.country,
            address,
        }
    }

    pub(super) fn names(&self) -> Names {
        Names {
            label: self.label.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
        }
    }
}
