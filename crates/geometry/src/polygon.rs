//! An area drawn on a map.

use geo::{Intersects, Line};

use super::{Bounds, GeoError, Point};

/// A point on the flat map: longitude, unrolled so that it may exceed ±180, and latitude.
type Corner = (f64, f64);

/// A closed outline that does not cross itself; its edges are straight on a map of longitude and latitude.
///
/// Consecutive corners whose longitudes differ by more than 180° are joined the short way, across the antimeridian.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    /// Unrolled corners without repetition; the last one is joined to the first.
    corners: Vec<Corner>,
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

impl Polygon {
    /// Minimum number of corners.
    pub const MIN_CORNERS: usize = 3;
    /// Maximum number of corners.
    pub const MAX_CORNERS: usize = 500;

    /// Checks an outline. A corner that repeats the previous one counts once, and so does a last corner that repeats
    /// the first, as GeoJSON writes it. Refuses fewer than 3 or more than 500 corners, edges that touch or cross, and a
    /// pole inside.
    pub fn new(points: &[Point]) -> Result<Self, GeoError> {
        if Self::MAX_CORNERS + 1 < points.len() {
            return Err(GeoError::CornerCount);
        }
        Self::of_corners(unroll(points)?)
    }

    /// Restores a stored outline from the result of [`Polygon::corners`]. The same checks apply as in [`Polygon::new`],
    /// except the one for a pole inside.
    pub fn of_corners(corners: Vec<(f64, f64)>) -> Result<Self, GeoError> {
        for (longitude, latitude) in &corners {
            Point::new(*latitude, 0.0)?;
            longitude.is_finite().then_some(()).ok_or(GeoError::Longitude)?;
        }
        if !(Self::MIN_CORNERS..=Self::MAX_CORNERS).contains(&corners.len()) {
            return Err(GeoError::CornerCount);
        }
        if crosses_itself(&corners) {
            return Err(GeoError::SelfCrossing);
        }
        let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for (longitude, latitude) in &corners {
            (west, east) = (west.min(*longitude), east.max(*longitude));
            (south, north) = (south.min(*latitude), north.max(*latitude));
        }
        Ok(Self {
            corners,
            south,
            north,
            west,
            east,
        })
    }

    /// Whether the point is inside. A point on an edge may count either way.
    pub fn contains(&self, point: Point) -> bool {
        [-720.0, -360.0, 0.0, 360.0, 720.0]
            .into_iter()
            .map(|turn| point.longitude + turn)
            .filter(|longitude| (self.west..=self.east).contains(longitude))
            .any(|longitude| is_inside(&self.corners, (longitude, point.latitude)))
    }

    /// The corners without repetition: longitude, unrolled so that it may exceed ±180, and latitude.
    pub fn corners(&self) -> &[(f64, f64)] {
        &self.corners
    }

    /// The corners as places, without repetition.
    pub fn points(&self) -> Vec<Point> {
        let place = |(longitude, latitude): &Corner| Point::wrapped(*latitude, *longitude);
        self.corners.iter().map(place).collect()
    }

    /// The edges, each from a corner to the next: longitude, unrolled so that it may exceed ±180, and latitude.
    pub fn edges(&self) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + '_ {
        edges(&self.corners).map(|(_, edge)| edge)
    }

    /// The westernmost and easternmost longitude of the unrolled outline.
    pub fn longitudes(&self) -> (f64, f64) {
        (self.west, self.east)
    }

    /// The smallest box around the outline.
    pub fn bounding_box(&self) -> Bounds {
        if 360.0 <= self.east - self.west {
            return Bounds::belt(self.south, self.north);
        }
        Bounds::between(
            Point::wrapped(self.south, self.west),
            Point::wrapped(self.north, self.east),
        )
    }
}

/// Joins each corner to the previous one the short way around. Refuses an outline that does not return to its start.
fn unroll(points: &[Point]) -> Result<Vec<Corner>, GeoError> {
    let mut corners: Vec<Corner> = Vec::with_capacity(points.len());
    for point in points {
        let before = corners.last().map_or(point.longitude, |(longitude, _)| *longitude);
        let corner = (nearest_turn(point.longitude, before), point.latitude);
        if corners.last() != Some(&corner) {
            corners.push(corner);
        }
    }
    let (Some(first), Some(last)) = (corners.first().copied(), corners.last().copied()) else {
        return Err(GeoError::CornerCount);
    };
    if nearest_turn(first.0, last.0) != first.0 {
        return Err(GeoError::AroundPole);
    }
    if 1 < corners.len() && first == last {
        corners.pop();
    }
    Ok(corners)
}

/// The longitude shifted by whole turns until it is at most half a turn from `before`; unchanged if it already is.
fn nearest_turn(longitude: f64, before: f64) -> f64 {
    let turns = ((before - longitude).abs() - 180.0).max(0.0) / 360.0;
    longitude + turns.ceil() * 360.0_f64.copysign(before - longitude)
}

/// Each edge with its index in the outline.
fn edges(corners: &[Corner]) -> impl Iterator<Item = (usize, (Corner, Corner))> + Clone {
    let ends = corners.iter().copied().cycle().skip(1);
    corners.iter().copied().zip(ends).enumerate()
}

/// Whether two edges share a point other than the corner that joins them.
fn crosses_itself(corners: &[Corner]) -> bool {
    let last = corners.len() - 1;
    edges(corners).any(|(index, one)| {
        edges(corners).skip(index + 1).any(|(other_index, other)| {
            if other_index == index + 1 {
                folds_back(one.0, one.1, other.1)
            } else if index == 0 && other_index == last {
                folds_back(other.0, other.1, one.1)
            } else {
                !are_apart(one, other) && line(one).intersects(&line(other))
            }
        })
    })
}

/// Whether the bounding boxes of two segments are disjoint. This is true of nearly all pairs, and cheaper to test than
/// an intersection.
fn are_apart((a, b): (Corner, Corner), (c, d): (Corner, Corner)) -> bool {
    let beyond = |one: [f64; 2], other: [f64; 2]| one[0].max(one[1]) < other[0].min(other[1]);
    let apart = |one, other| beyond(one, other) || beyond(other, one);
    apart([a.0, b.0], [c.0, d.0]) || apart([a.1, b.1], [c.1, d.1])
}

/// The segment in the form of the library, whose orientation tests are free of rounding errors.
fn line((from, to): (Corner, Corner)) -> Line {
    Line::new(from, to)
}

/// Twice the signed area of a triangle: positive where `c` lies left of the way from `a` to `b`.
fn turn(a: Corner, b: Corner, c: Corner) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// Whether the path a → b → c turns back on itself.
fn folds_back(a: Corner, b: Corner, c: Corner) -> bool {
    turn(a, b, c) == 0.0 && (a.0 - b.0) * (c.0 - b.0) + (a.1 - b.1) * (c.1 - b.1) > 0.0
}

/// Counts the edges east of the point; an odd number means that the point is inside.
fn is_inside(corners: &[Corner], (x, y): Corner) -> bool {
    let crossed = edges(corners).filter(|(_, ((from_x, from_y), (to_x, to_y)))| {
        let spans = (*from_y <= y) != (*to_y <= y);
        spans && x < from_x + (y - from_y) / (to_y - from_y) * (to_x - from_x)
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn polygon(corners: &[(f64, f64)]) -> Result<Polygon, GeoError> {
        let points: Vec<Point> = corners
            .iter()
            .map(|(lat, lon)| Point::new(*lat, *lon).unwrap())
            .collect();
        Polygon::new(&points)
    }

    fn at(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap()
    }

    #[test]
    fn what_has_no_clear_inside_is_refused() {
        let cases: [(&[(f64, f64)], GeoError); 8] = [
            (&[], GeoError::CornerCount),
            (&[(0.0, 0.0), (1.0, 1.0)], GeoError::CornerCount),
            (&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)], GeoError::CornerCount),
            (&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)], GeoError::SelfCrossing),
            (
                &[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)],
                GeoError::SelfCrossing,
            ),
            (
                &[(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (0.0, 1.0), (2.0, 0.0)],
                GeoError::SelfCrossing,
            ),
            (
                &[(0.0, 0.0), (0.0, 2.0), (0.0, 1.0), (1.0, 1.0)],
                GeoError::SelfCrossing,
            ),
            (&[(70.0, 0.0), (70.0, 120.0), (70.0, -120.0)], GeoError::AroundPole),
        ];
        for (corners, error) in cases {
            assert_eq!(polygon(corners), Err(error), "{corners:?}");
        }
    }

    #[test]
    fn five_hundred_corners_are_the_most() {
        let ring = |count: u32| -> Vec<(f64, f64)> {
            let angle = |n: u32| std::f64::consts::TAU * f64::from(n) / f64::from(count);
            (0..count).map(|n| (angle(n).sin(), angle(n).cos())).collect()
        };
        assert!(polygon(&ring(500)).is_ok());
        assert_eq!(polygon(&ring(501)), Err(GeoError::CornerCount));
        assert_eq!(polygon(&ring(10_000)), Err(GeoError::CornerCount));
    }

    #[test]
    fn a_closed_and_an_open_outline_are_one() {
        let open = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)];
        assert_eq!(polygon(&open), polygon(&[open[0], open[1], open[2], open[0]]));
    }

    #[test]
    fn an_area_may_be_hollowed_out() {
        let horseshoe = polygon(&[
            (0.0, 0.0),
            (0.0, 3.0),
            (3.0, 3.0),
            (3.0, 2.0),
            (1.0, 2.0),
            (1.0, 1.0),
            (3.0, 1.0),
            (3.0, 0.0),
        ])
        .unwrap();
        assert!(
            horseshoe.contains(at(2.0, 0.5)) && horseshoe.contains(at(2.0, 2.5)) && horseshoe.contains(at(0.5, 1.5))
        );
        assert!(!horseshoe.contains(at(2.0, 1.5)) && !horseshoe.contains(at(4.0, 0.5)));
    }

    #[test]
    fn an_area_may_lie_across_the_antimeridian() {
        for shift in [0, 1, 2, 3] {
            let mut corners = [(-20.0, 170.0), (-20.0, -170.0), (-10.0, -170.0), (-10.0, 170.0)];
            corners.rotate_left(shift);
            let fiji = polygon(&corners).unwrap();
            for (longitude, inside) in [
                (175.0, true),
                (-175.0, true),
                (180.0, true),
                (-180.0, true),
                (0.0, false),
                (165.0, false),
            ] {
                assert_eq!(fiji.contains(at(-15.0, longitude)), inside, "{longitude}");
            }
            let bounds = fiji.bounding_box();
            assert_eq!((bounds.west, bounds.east), (170.0, -170.0));
        }
    }

    proptest! {
        /// A star of corners around a centre never crosses itself. A point is inside if it is closer to the centre than
        /// the edge in its direction.
        #[test]
        fn a_star_holds_exactly_what_its_triangles_hold(
            middle in (-60.0..60.0, -180.0..180.0), reach in prop::collection::vec(0.5..20.0, 3..40), to in (-25.0..25.0, -25.0..25.0),
        ) {
            let (latitude, longitude): (f64, f64) = middle;
            let count = reach.len() as f64;
            let flat: Vec<Corner> = reach.iter().enumerate().map(|(n, reach)| {
                let (sin, cos) = (std::f64::consts::TAU * n as f64 / count).sin_cos();
                (reach * cos, reach * sin)
            }).collect();
            let points: Vec<Point> =
                flat.iter().map(|(x, y)| Point::wrapped(latitude + y, longitude + x)).collect();
            let star = Polygon::new(&points).unwrap();

            let mut inside = false;
            for (_, (a, b)) in edges(&flat) {
                let sides = [turn((0.0, 0.0), a, to), turn(a, b, to), turn(b, (0.0, 0.0), to)];
                prop_assume!(sides.iter().all(|side| 1e-6 < side.abs()));
                inside |= sides.iter().all(|side| 0.0 < *side);
            }
            let place = Point::wrapped(latitude + to.1, longitude + to.0);
            prop_assert_eq!(star.contains(place), inside);
            prop_assert!(!inside || star.bounding_box().contains(place));
        }
    }
}
