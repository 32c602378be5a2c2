//! A place on the sphere, and distances and directions between places.

use super::{Checked, EARTH_RADIUS_METERS, GeoError, chord_of_vectors};

/// A place in degrees: finite, latitude within ±90, longitude within ±180.
///
/// The coordinates are public to read; the private field makes [`Point::new`] the only way to construct a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
    checked: Checked,
}

impl Point {
    /// Checks both coordinates. Refuses values that are not finite or out of range.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, GeoError> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(GeoError::Latitude);
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(GeoError::Longitude);
        }
        Ok(Self {
            latitude,
            longitude,
            checked: Checked,
        })
    }

    /// Accepts a point as map libraries report it after the map was dragged around the world, with longitudes beyond
    /// 180.
    pub fn of_map(latitude: f64, longitude: f64) -> Result<Self, GeoError> {
        Self::new(latitude, within_a_turn(longitude))
    }

    /// Makes a point from computed coordinates: latitude is clamped at the poles, longitude wraps around.
    ///
    /// Not for input. It only repairs rounding errors in formulas whose result is a place by construction.
    pub fn wrapped(latitude: f64, longitude: f64) -> Self {
        Self {
            latitude: latitude.clamp(-90.0, 90.0),
            longitude: wrap_longitude(longitude),
            checked: Checked,
        }
    }

    /// The direction from the centre of the earth to this place, as a vector of length 1.
    pub fn unit_vector(self) -> [f64; 3] {
        let (sin_latitude, cos_latitude) = self.latitude.to_radians().sin_cos();
        let (sin_longitude, cos_longitude) = self.longitude.to_radians().sin_cos();
        [cos_latitude * cos_longitude, cos_latitude * sin_longitude, sin_latitude]
    }

    /// The squared chord to another place, see [`chord_of_vectors`].
    pub fn chord_squared_to(self, other: Self) -> f64 {
        chord_of_vectors(self.unit_vector(), other.unit_vector())
    }
}

/// The same meridian within ±180, if the longitude is at most ten turns away. Anything further is an input error and
/// stays unchanged.
pub fn within_a_turn(longitude: f64) -> f64 {
    const FARTHEST: f64 = 180.0 + 10.0 * 360.0;
    match longitude.abs() <= FARTHEST {
        true => wrap_longitude(longitude),
        false => longitude,
    }
}

/// The same meridian within ±180.
fn wrap_longitude(longitude: f64) -> f64 {
    if (-180.0..=180.0).contains(&longitude) {
        return longitude;
    }
    (longitude + 180.0).rem_euclid(360.0) - 180.0
}

/// Great-circle distance in metres (haversine).
pub fn distance_meters(a: Point, b: Point) -> f64 {
    let half_latitude = (b.latitude - a.latitude).to_radians() / 2.0;
    let half_longitude = (b.longitude - a.longitude).to_radians() / 2.0;
    let across = a.latitude.to_radians().cos() * b.latitude.to_radians().cos() * half_longitude.sin().powi(2);
    let haversine = half_latitude.sin().powi(2) + across;
    2.0 * EARTH_RADIUS_METERS * haversine.clamp(0.0, 1.0).sqrt().asin()
}

/// The point reached after `meters` along the great circle that leaves `from` at `bearing` degrees clockwise from
/// north.
pub fn destination(from: Point, bearing: f64, meters: f64) -> Point {
    let (sin_bearing, cos_bearing) = bearing.to_radians().sin_cos();
    let (sin_angle, cos_angle) = (meters / EARTH_RADIUS_METERS).sin_cos();
    let (sin_from, cos_from) = from.latitude.to_radians().sin_cos();

    // The destination as a vector in the local frame of the start (east, north, up): `atan2` stays exact near the
    // poles, where an arcsine would lose half of its digits.
    let (east, north, up) = (sin_angle * sin_bearing, sin_angle * cos_bearing, cos_angle);
    let outward = up * cos_from - north * sin_from;
    let polar = up * sin_from + north * cos_from;
    Point::wrapped(
        polar.atan2(outward.hypot(east)).to_degrees(),
        from.longitude + east.atan2(outward).to_degrees(),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::point;
    use super::*;

    #[test]
    fn what_is_not_a_place_is_refused() {
        for latitude in [f64::NAN, f64::INFINITY, -90.1, 91.0] {
            assert_eq!(Point::new(latitude, 0.0), Err(GeoError::Latitude));
        }
        for longitude in [f64::NAN, f64::NEG_INFINITY, -180.1, 181.0] {
            assert_eq!(Point::new(0.0, longitude), Err(GeoError::Longitude));
        }
        assert!(Point::new(-90.0, 180.0).is_ok());
    }

    #[test]
    fn a_map_may_be_turned_ten_times_around_the_world() {
        for (given, meant) in [
            (472.0, 112.0),
            (-185.0, 175.0),
            (180.0, 180.0),
            (-180.0, -180.0),
            (3_780.0, -180.0),
        ] {
            assert_eq!(
                Point::of_map(1.0, given).map(|point| point.longitude),
                Ok(meant),
                "{given}"
            );
        }
        for longitude in [3_780.1, -1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(Point::of_map(1.0, longitude), Err(GeoError::Longitude), "{longitude}");
        }
    }

    #[test]
    fn a_degree_of_the_equator_is_111_kilometers() {
        let (a, b) = (Point::new(0.0, 179.5).unwrap(), Point::new(0.0, -179.5).unwrap());
        assert!((distance_meters(a, b) - 111_195.08).abs() < 0.01);
    }

    #[test]
    fn the_other_side_of_the_world_is_half_a_circumference_away() {
        let (a, b) = (Point::new(90.0, 0.0).unwrap(), Point::new(-90.0, 77.0).unwrap());
        assert!((distance_meters(a, b) - std::f64::consts::PI * EARTH_RADIUS_METERS).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn one_arrives_as_far_away_as_one_went(from in point(), bearing in 0.0..360.0, meters in 0.0..1_000_000.0) {
            let to = destination(from, bearing, meters);
            prop_assert!(Point::new(to.latitude, to.longitude).is_ok());
            prop_assert!((distance_meters(from, to) - meters).abs() < 1e-3);
        }

        #[test]
        fn distance_is_symmetric_and_zero_only_at_home(a in point(), b in point()) {
            prop_assert_eq!(distance_meters(a, b), distance_meters(b, a));
            prop_assert_eq!(distance_meters(a, a), 0.0);
        }

        #[test]
        fn unit_vectors_have_length_one(a in point()) {
            let [x, y, z] = a.unit_vector();
            prop_assert!((x * x + y * y + z * z - 1.0).abs() < 1e-12);
        }
    }
}
