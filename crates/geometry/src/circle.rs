//! The area within a distance of a point.

use super::{Bounds, Checked, EARTH_RADIUS_METERS, GeoError, Point, chord_squared};

/// Margin in degrees added to each edge of a bounding box to absorb rounding errors: at most 0.2 m.
const SLACK: f64 = 1e-6;

/// A circle on the sphere with a radius of at most 161 km.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circle {
    /// The centre.
    pub center: Point,
    /// The radius along the ground, in metres.
    pub radius_meters: f64,
    checked: Checked,
}

impl Circle {
    /// The largest radius: 100 miles, rounded up to whole kilometres.
    pub const MAX_RADIUS_METERS: f64 = 161_000.0;

    /// Checks the radius: more than 0 and at most [`Circle::MAX_RADIUS_METERS`].
    pub fn new(center: Point, radius_meters: f64) -> Result<Self, GeoError> {
        if !(0.0 < radius_meters && radius_meters <= Self::MAX_RADIUS_METERS) {
            return Err(GeoError::Radius);
        }
        Ok(Self {
            center,
            radius_meters,
            checked: Checked,
        })
    }

    /// Whether the point is inside or on the edge, measured exactly as the database does it.
    pub fn contains(&self, point: Point) -> bool {
        point.chord_squared_to(self.center) <= chord_squared(self.radius_meters)
    }

    /// The smallest box around the circle. It spans all longitudes if a pole is inside, and two ranges of longitude
    /// across the antimeridian.
    pub fn bounding_box(&self) -> Bounds {
        let angle = self.radius_meters / EARTH_RADIUS_METERS;
        let height = angle.to_degrees() + SLACK;
        let (south, north) = (self.center.latitude - height, self.center.latitude + height);
        if south <= -90.0 || 90.0 <= north {
            return Bounds::belt(south.max(-90.0), north.min(90.0));
        }

        // The circle is widest where a meridian touches it, which is closer to the pole than its centre.
        let touching = angle.sin() / self.center.latitude.to_radians().cos();
        let width = touching.min(1.0).asin().to_degrees() + SLACK;
        let longitude = self.center.longitude;
        Bounds::between(
            Point::wrapped(south, longitude - width),
            Point::wrapped(north, longitude + width),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{destination, distance_meters, testing::point};
    use super::*;

    #[test]
    fn a_radius_is_positive_and_at_most_100_miles() {
        let center = Point::new(0.0, 0.0).unwrap();
        for radius in [0.0, -1.0, f64::NAN, f64::INFINITY, 161_000.1] {
            assert_eq!(Circle::new(center, radius), Err(GeoError::Radius));
        }
        assert!(Circle::new(center, 100.0 * 1_609.344).is_ok());
    }

    #[test]
    fn a_circle_over_the_pole_spans_all_longitudes() {
        let bounds = Circle::new(Point::new(89.5, 20.0).unwrap(), 100_000.0)
            .unwrap()
            .bounding_box();
        assert_eq!((bounds.west, bounds.east, bounds.north), (-180.0, 180.0, 90.0));
    }

    #[test]
    fn a_circle_over_the_antimeridian_has_two_ranges() {
        let bounds = Circle::new(Point::new(0.0, 179.9).unwrap(), 100_000.0)
            .unwrap()
            .bounding_box();
        assert_eq!(bounds.longitude_ranges().len(), 2);
    }

    #[test]
    fn the_box_is_no_wider_than_it_must_be() {
        let bounds = Circle::new(Point::new(60.0, 0.0).unwrap(), 111_195.08)
            .unwrap()
            .bounding_box();
        assert!((bounds.north - 61.0).abs() < 1e-5 && (bounds.south - 59.0).abs() < 1e-5);
        assert!((bounds.east - 2.0).abs() < 1e-2 && (bounds.west + 2.0).abs() < 1e-2);
    }

    proptest! {
        #[test]
        fn the_box_holds_the_whole_circle(center in point(), radius in 1.0..161_000.0, bearing in 0.0..360.0, part in 0.0..=1.0) {
            let circle = Circle::new(center, radius).unwrap();
            let inside = destination(center, bearing, radius * part);
            prop_assert!(circle.bounding_box().contains(inside));
        }

        #[test]
        fn chord_and_haversine_agree(a in point(), bearing in 0.0..360.0, meters in 0.0..400_000.0_f64, radius in 1.0..161_000.0_f64) {
            prop_assume!((meters - radius).abs() > 0.1);
            let b = destination(a, bearing, meters);
            prop_assert_eq!(Circle::new(a, radius).unwrap().contains(b), distance_meters(a, b) <= radius);
        }
    }
}
