//! Coordinates within an address.

use entity::vocabulary::PlacePrecision;

use super::Names;
use crate::{
    deps::Deps,
    kernel::{Error, Result},
};
use geometry::{Point, distance_meters, written_point};

/// Coordinates farther than this from what the words around them name are wrong: geocoders find streets of the same name
/// in other states.
const FARTHEST_FROM_WORDS_M: f64 = 100_000.0;

/// The point whose coordinates an address contains, with decimals as maps give them. Those after nothing but a postal code
/// are those of its middle, and some are known to mean nothing or contradict the words: then there is none.
pub fn point_in(deps: &Deps, address: &str) -> Result<Option<Point>> {
    let Some(written) = written_point(address) else {
        return Ok(None);
    };
    let Some(point) = written.point else { return Ok(None) };
    let mut words = address.to_owned();
    words.replace_range(written.range, ",");
    let Some(named) = deps.geocoder.address(&words) else {
        return Ok(Some(point));
    };
    let middle = Point::new(named.latitude, named.longitude).map_err(Error::internal)?;
    let is_only_a_code = named.precision == PlacePrecision::Postcode && deps.geocoder.town_or_code(&words).is_some();
    let is_trusted = !is_only_a_code && distance_meters(point, middle) <= FARTHEST_FROM_WORDS_M;
    Ok(is_trusted.then_some(point))
}

/// What the neighbourhood of a point is called, as far as the program knows by itself.
pub fn names_near(deps: &Deps, point: Point) -> Names {
    let near = deps.geocoder.nearest(point.latitude, point.longitude);
    near.map_or_else(Names::unknown, Names::from)
}
