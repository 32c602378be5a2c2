//! Where on the map a filter looks.

use crate::kernel::geo::{Bounds, Circle, Point, Polygon, chord_squared};

/// A part of the map; a report belongs to it by its masked point.
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    /// A rectangle of the map, edges included.
    Bounds(Bounds),
    /// All within a distance of a point, rim included.
    Circle(Circle),
    /// An area drawn on the map.
    Polygon(Polygon),
}

impl Area {
    /// Whether the point lies inside: for a circle by [`chord`] as the database measures it, for the others as the
    /// shape itself says.
    pub fn contains(&self, point: Point) -> bool {
        match self {
            Self::Bounds(bounds) => bounds.contains(point),
            Self::Circle(circle) => chord(point, circle.center) <= chord_squared(circle.radius_meters),
            Self::Polygon(polygon) => polygon.contains(point),
        }
    }
}

/// The squared straight line between two places through the earth as the unit sphere; bit for bit what the database
/// computes from the stored unit vectors, so that its cursors and ours are the same.
pub(super) fn chord(point: Point, from: Point) -> f64 {
    chord_of_vectors(point.unit_vector(), from.unit_vector())
}

/// [`chord`] of two unit vectors.
pub(super) fn chord_of_vectors([x, y, z]: [f64; 3], [from_x, from_y, from_z]: [f64; 3]) -> f64 {
    let (x, y, z) = (x - from_x, y - from_y, z - from_z);
    x * x + y * y + z * z
}
