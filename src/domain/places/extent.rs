//! How exactly a place is known, and how far the true one may be from its coordinates.

use entity::vocabulary::PlacePrecision;

use crate::{
    deps::Deps,
    ports::geocoder::{FoundPlace, ResolvedPlace},
};

/// A place of at most this extent counts as a point or a street: a house, a park, a short street.
const POINT_REACH_M: f64 = 500.0;
/// A place of at most this extent is as good as a postal code: a village, a suburb, a long street.
const POSTCODE_REACH_M: f64 = 5_000.0;
/// A place of at most this extent is as good as a town. Anything larger, such as a state, is no useful place for an
/// animal.
const TOWN_REACH_M: f64 = 50_000.0;
/// A postal code that the table does not have; those of other countries are seldom wider.
const UNKNOWN_CODE_REACH_M: f64 = 10_000.0;

/// The precision of a place that a service found; none if it is too large to be of use.
pub fn precision_of(place: &FoundPlace) -> Option<PlacePrecision> {
    let reach = place.reach_meters;
    let is_point = !place.is_postal_code && reach <= POINT_REACH_M;
    match place {
        place if is_point && place.is_street => Some(PlacePrecision::Street),
        _ if is_point => Some(PlacePrecision::Point),
        place if reach <= POSTCODE_REACH_M || (place.is_postal_code && reach <= TOWN_REACH_M) => {
            Some(PlacePrecision::Postcode)
        }
        _ if reach <= TOWN_REACH_M => Some(PlacePrecision::City),
        _ => None,
    }
}

/// How far the true place may be from the coordinates of a stored one, in metres, before any mask: nothing for a point,
/// half a short street, and what the table knows of a postal code or a town. None for what is not on the map.
pub fn reach_meters(deps: &Deps, precision: PlacePrecision, code: Option<&str>, town: Option<&str>) -> Option<f64> {
    let reach = |place: Option<ResolvedPlace>| place.map(|place| place.reach_meters);
    match precision {
        PlacePrecision::Point => Some(0.0),
        PlacePrecision::Street => Some(POINT_REACH_M),
        PlacePrecision::Postcode => {
            let known = code.and_then(|code| deps.geocoder.postal_code(code));
            reach(known).or(Some(UNKNOWN_CODE_REACH_M))
        }
        PlacePrecision::City | PlacePrecision::Shelter => {
            let known = town.and_then(|town| deps.geocoder.town_or_code(town));
            reach(known).or(Some(TOWN_REACH_M))
        }
        PlacePrecision::Unresolved => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn precision(reach_meters: f64, is_street: bool, is_postal_code: bool) -> Option<PlacePrecision> {
        precision_of(&FoundPlace {
            latitude: 30.25,
            longitude: -97.75,
            address: "Oak Street, Austin".to_owned(),
            city: None,
            region: None,
            postal_code: None,
            country: None,
            country_name: None,
            reach_meters,
            is_postal_code,
            is_street,
            importance: 0.0,
            attribution: String::new(),
        })
    }

    #[test]
    fn a_street_is_no_point_and_a_large_place_is_none() {
        for (reach, street, code, expected) in [
            (20.0, false, false, Some(PlacePrecision::Point)),
            (400.0, true, false, Some(PlacePrecision::Street)),
            (400.0, false, true, Some(PlacePrecision::Postcode)),
            (3_000.0, true, false, Some(PlacePrecision::Postcode)),
            (30_000.0, false, true, Some(PlacePrecision::Postcode)),
            (30_000.0, false, false, Some(PlacePrecision::City)),
            (600_000.0, false, false, None),
            (600_000.0, false, true, None),
        ] {
            assert_eq!(precision(reach, street, code), expected, "{reach}");
        }
    }
}
