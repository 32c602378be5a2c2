//! Where an animal was: what people say, and the true point as far as it is known.

use entity::vocabulary::PlacePrecision;

use crate::{
    deps::Deps,
    domain::places::{Names, is_online, names_near, point_in},
    kernel::{Error, FieldCode, FieldError, Result, text},
    ports::geocoder::ResolvedPlace,
};
use geometry::{GeoError, Point};

/// How somebody says where it was.
#[derive(Debug, Clone, PartialEq)]
pub enum LocationInput {
    /// Latitude and longitude in degrees.
    Point(f64, f64),
    /// A postal address or a town, at most 300 characters.
    Address(String),
    /// A US postal code, or where a service for places is asked one of another country, at most 20 characters.
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

/// Finds a place. Words that cannot be resolved are kept, without a point; only what is out of range, empty, too long
/// or no postal code is refused.
pub fn locate(deps: &Deps, location: LocationInput) -> Result<Located> {
    match location {
        LocationInput::Point(latitude, longitude) => {
            let point = point_at("point", latitude, longitude)?;
            let names = names_near(deps, point);
            Ok(Located::new(Some(point), PlacePrecision::Point, names, None))
        }
        LocationInput::Address(raw) => {
            let address = text::line("address", &raw, 300).map_err(one)?;
            located_by_words(deps, address, None)
        }
        LocationInput::PostalCode(raw) => {
            let code = text::line("postalCode", &raw, 20).map_err(one)?;
            let found = deps.geocoder.postal_code(&code);
            // With a service that may know it, it can be one of another country.
            if found.is_none() && !is_us_postal_code(&code) && !is_online(deps) {
                let message = format!("{code} is not a US postal code: give five digits such as 78701, or an address");
                return Err(Error::field("postalCode", FieldCode::Invalid, message));
            }
            resolved(found, None, Some(code))
        }
    }
}

/// Finds an address, at most 300 characters, that is likely in a region, such as that of the shelter whose file has it.
pub fn locate_in(deps: &Deps, raw: &str, region: Option<&str>) -> Result<Located> {
    let address = text::line("address", raw, 300).map_err(one)?;
    located_by_words(deps, address, region)
}

/// The towns that an address can mean which ends with one without its state, at most five; none if it means no town or
/// one.
pub fn towns_meant(deps: &Deps, address: &str) -> Vec<String> {
    let town = address.rsplit(',').next().unwrap_or_default();
    let towns = deps.geocoder.towns_named(town);
    match towns.len() {
        0 | 1 => Vec::new(),
        _ => towns
            .iter()
            .take(5)
            .map(|town| format!("{}, {}", town.city, town.region))
            .collect(),
    }
}

/// Whether nothing but the town of an address was understood, and nobody will look the rest of it up.
pub fn is_only_its_town(deps: &Deps, precision: PlacePrecision, address: &str) -> bool {
    precision == PlacePrecision::City && !is_online(deps) && deps.geocoder.town_or_code(address).is_none()
}

/// Whether one precision is more exact than another.
pub fn is_more_exact(one: PlacePrecision, other: PlacePrecision) -> bool {
    let rank = |precision| match precision {
        PlacePrecision::Point => 0,
        PlacePrecision::Street => 1,
        PlacePrecision::Postcode => 2,
        PlacePrecision::City => 3,
        PlacePrecision::Shelter => 4,
        PlacePrecision::Unresolved => 5,
    };
    rank(one) < rank(other)
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

/// Coordinates in an address count most, then its postal code, then its town.
fn located_by_words(deps: &Deps, address: String, region: Option<&str>) -> Result<Located> {
    if let Some(point) = point_in(deps, &address)? {
        let names = names_near(deps, point);
        return Ok(Located::new(Some(point), PlacePrecision::Point, names, Some(address)));
    }
    let found = match region {
        Some(region) => deps.geocoder.address_in(&address, region),
        None => deps.geocoder.address(&address),
    };
    resolved(found, Some(address), None)
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
    Ok(Located::new(Some(point), place.precision, place.into(), address))
}

/// `78701` or `78701-1234`.
fn is_us_postal_code(code: &str) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match code.split_once('-') {
        Some((code, more)) => digits(code, 5) && digits(more, 4),
        None => digits(code, 5),
    }
}

fn one(fault: FieldError) -> Error {
    Error::Invalid(vec![fault])
}

impl Located {
    /// A place with its names.
    pub fn new(point: Option<Point>, precision: PlacePrecision, names: Names, address: Option<String>) -> Self {
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

    /// What it is called.
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
