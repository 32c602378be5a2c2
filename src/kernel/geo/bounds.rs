//! A rectangle on the map.

use super::{Checked, EARTH_RADIUS_METERS, GeoError, Point};

/// Edges in degrees; all edges count as inside. If `west` is greater than `east`, the rectangle crosses the
/// antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lower edge.
    pub south: f64,
    /// Left edge.
    pub west: f64,
    /// Upper edge, not below `south`.
    pub north: f64,
    /// Right edge.
    pub east: f64,
    checked: Checked,
}

impl Bounds {
    /// Checks the four edges. Refuses values out of range and a southern edge above the northern one.
    pub fn new(south: f64, west: f64, north: f64, east: f64) -> Result<Self, GeoError> {
        let (low, high) = (Point::new(south, west)?, Point::new(north, east)?);
        if high.latitude < low.latitude {
            return Err(GeoError::SouthAboveNorth);
        }
        Ok(Self::between(low, high))
    }

    /// Accepts edges as map libraries report them after the map was dragged around the world, with longitudes beyond
    /// 180. A rectangle as wide as the world holds all longitudes.
    pub fn of_map(south: f64, west: f64, north: f64, east: f64) -> Result<Self, GeoError> {
        let (low, high) = (Point::of_map(south, west)?, Point::of_map(north, east)?);
        match 360.0 <= east - west {
            true => Self::new(south, -180.0, north, 180.0),
            false => Self::new(south, low.longitude, north, high.longitude),
        }
    }

    /// All longitudes between two latitudes that are already known to be in range.
    pub(super) fn belt(south: f64, north: f64) -> Self {
        Self::between(Point::wrapped(south, -180.0), Point::wrapped(north, 180.0))
    }

    /// Between two points that are already known to be in range; `southwest` must not be north of `northeast`.
    pub(super) fn between(southwest: Point, northeast: Point) -> Self {
        Self {
            south: southwest.latitude,
            west: southwest.longitude,
            north: northeast.latitude,
            east: northeast.longitude,
            checked: Checked,
        }
    }

    /// Whether the point is inside or on an edge. The meridians −180 and 180 are the same.
    pub fn contains(&self, point: Point) -> bool {
        let spans = |longitude: f64| {
            let (east_of_west, west_of_east) = (self.west <= longitude, longitude <= self.east);
            if self.west <= self.east {
                east_of_west && west_of_east
            } else {
                east_of_west || west_of_east
            }
        };
        (self.south..=self.north).contains(&point.latitude)
            && (spans(point.longitude) || (point.longitude.abs() == 180.0 && spans(-point.longitude)))
    }

    /// A rectangle that contains both. It spans all longitudes if one of them crosses the antimeridian.
    pub fn with(&self, other: &Self) -> Self {
        let (south, north) = (self.south.min(other.south), self.north.max(other.north));
        if [self, other].iter().any(|bounds| bounds.east < bounds.west) {
            return Self::belt(south, north);
        }
        Self::between(
            Point::wrapped(south, self.west.min(other.west)),
            Point::wrapped(north, self.east.max(other.east)),
        )
    }

    /// The rectangle extended by at least this many metres on each side. It spans all longitudes if it gets close to a
    /// pole or would overlap itself on the far side of the world.
    pub fn grown(&self, meters: f64) -> Self {
        let height = (meters / EARTH_RADIUS_METERS).to_degrees();
        let (south, north) = (self.south - height, self.north + height);
        // A degree of longitude is shortest at the edge nearest to a pole.
        let width = height / north.max(-south).to_radians().cos();
        let spans: f64 = self.longitude_ranges().iter().map(|(west, east)| east - west).sum();
        if south <= -90.0 || 90.0 <= north || 360.0 <= spans + 2.0 * width {
            return Self::belt(south, north);
        }
        Self::between(
            Point::wrapped(south, self.west - width),
            Point::wrapped(north, self.east + width),
        )
    }

    /// The longitudes as one range, or as two if the antimeridian is crossed. Each is `(from, to)` with `from <= to`.
    pub fn longitude_ranges(&self) -> Vec<(f64, f64)> {
        if self.west <= self.east {
            vec![(self.west, self.east)]
        } else {
            vec![(self.west, 180.0), (-180.0, self.east)]
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{destination, testing::point};
    use super::*;

    #[test]
    fn south_above_north_is_refused() {
        assert_eq!(Bounds::new(10.0, 0.0, 9.0, 1.0), Err(GeoError::SouthAboveNorth));
        assert_eq!(Bounds::new(0.0, f64::NAN, 9.0, 1.0), Err(GeoError::Longitude));
        assert_eq!(Bounds::new(-91.0, 0.0, 9.0, 1.0), Err(GeoError::Latitude));
    }

    #[test]
    fn a_window_after_a_turn_of_the_map_is_the_same_window() {
        for (west, east, same) in [
            (472.0, 475.0, (112.0, 115.0)),
            (-185.0, -177.0, (175.0, -177.0)),
            (-400.0, 400.0, (-180.0, 180.0)),
            (175.0, 183.0, (175.0, -177.0)),
            (175.0, -177.0, (175.0, -177.0)),
            (-180.0, 180.0, (-180.0, 180.0)),
            (0.0, 360.0, (-180.0, 180.0)),
        ] {
            let bounds = Bounds::of_map(-19.0, west, -15.0, east).unwrap();
            assert_eq!((bounds.west, bounds.east), same, "{west} to {east}");
        }
        assert_eq!(Bounds::of_map(0.0, -1e300, 1.0, 1e300), Err(GeoError::Longitude));
        assert_eq!(Bounds::of_map(2.0, 472.0, 1.0, 475.0), Err(GeoError::SouthAboveNorth));
    }

    #[test]
    fn the_box_of_two_boxes_holds_both() {
        let box_of = |south, west, north, east| Bounds::new(south, west, north, east).unwrap();
        let (austin, paris) = (box_of(30.0, -98.0, 31.0, -97.0), box_of(48.0, 2.0, 49.0, 3.0));
        assert_eq!(austin.with(&paris), box_of(30.0, -98.0, 49.0, 3.0));
        let fiji = box_of(-21.0, 176.0, -12.0, -178.0);
        assert_eq!(fiji.with(&austin), box_of(-21.0, -180.0, 31.0, 180.0));
    }

    #[test]
    fn a_box_over_fiji_holds_both_sides_of_the_antimeridian() {
        let fiji = Bounds::new(-21.0, 176.0, -12.0, -178.0).unwrap();
        assert_eq!(fiji.longitude_ranges(), [(176.0, 180.0), (-180.0, -178.0)]);
        for (longitude, inside) in [
            (177.0, true),
            (180.0, true),
            (-180.0, true),
            (-179.0, true),
            (0.0, false),
            (-177.0, false),
        ] {
            assert_eq!(
                fiji.contains(Point::new(-17.0, longitude).unwrap()),
                inside,
                "{longitude}"
            );
        }
    }

    proptest! {
        /// Walks eastward from the west edge, as a person would on a globe.
        #[test]
        fn a_box_holds_what_a_walk_from_west_to_east_meets(a in point(), b in point(), at in point()) {
            let (south, north) = (a.latitude.min(b.latitude), a.latitude.max(b.latitude));
            let bounds = Bounds::new(south, a.longitude, north, b.longitude).unwrap();
            let span = if a.longitude <= b.longitude { b.longitude - a.longitude } else { b.longitude - a.longitude + 360.0 };
            let steps = if a.longitude <= at.longitude { at.longitude - a.longitude } else { at.longitude - a.longitude + 360.0 };
            prop_assume!((span - steps).abs() > 1e-9 && steps.abs() > 1e-9 && (steps - 360.0).abs() > 1e-9);
            prop_assume!(at.longitude.abs() < 180.0 && a.longitude.abs() < 180.0 && b.longitude.abs() < 180.0);
            let met = (south..=north).contains(&at.latitude) && steps < span;
            prop_assert_eq!(bounds.contains(at), met);
        }

        #[test]
        fn ranges_run_upward_and_are_one_or_two(a in point(), b in point()) {
            let ranges = Bounds::new(-90.0, a.longitude, 90.0, b.longitude).unwrap().longitude_ranges();
            prop_assert!((1..=2).contains(&ranges.len()));
            prop_assert!(ranges.iter().all(|(from, to)| from <= to));
        }
    }

    proptest! {
        #[test]
        fn grown_bounds_hold_what_is_as_near_to_a_place_inside(
            south in -90.0..90.0_f64, height in 0.0..30.0_f64, west in -180.0..180.0_f64, width in 0.0..200.0_f64,
            part in (0.0..=1.0_f64, 0.0..=1.0_f64), bearing in 0.0..360.0_f64, meters in 0.0..4e6_f64,
        ) {
            let north = (south + height).min(90.0);
            let bounds = Bounds::between(Point::wrapped(south, west), Point::wrapped(north, west + width));
            let inside = Point::wrapped(south + (north - south) * part.0, west + width * part.1);

            let near = destination(inside, bearing, meters * 0.999_999);

            prop_assert!(bounds.grown(meters + 1.0).contains(near), "{inside:?} {near:?}");
        }
    }
}
