//! Where on the map a filter looks.

use super::{
    ground::{Frame, Zone},
    outline::Outline,
};
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

    fn bounding_box(&self) -> Bounds {
        match self {
            Self::Bounds(bounds) => *bounds,
            Self::Circle(circle) => circle.bounding_box(),
            Self::Polygon(polygon) => polygon.bounding_box(),
        }
    }
}

/// The squared straight line between two places through the earth as the unit sphere; bit for bit what the database
/// computes from the stored unit vectors, so that its cursors and ours are the same.
pub fn chord(point: Point, from: Point) -> f64 {
    chord_of_vectors(point.unit_vector(), from.unit_vector())
}

/// [`chord`] of two unit vectors.
pub fn chord_of_vectors([x, y, z]: [f64; 3], [from_x, from_y, from_z]: [f64; 3]) -> f64 {
    let (x, y, z) = (x - from_x, y - from_y, z - from_z);
    x * x + y * y + z * z
}

/// An area made ready to be asked about many points.
pub struct Shape {
    bounding_box: Bounds,
    zone: Zone,
    inner: Inner,
}

/// What of its bounding box belongs to an area.
enum Inner {
    All,
    /// The middle of a circle, and the greatest squared chord.
    Disc([f64; 3], f64),
    Outline(Outline),
}

impl Shape {
    /// Makes an area ready.
    pub fn of(area: &Area) -> Self {
        let bounding_box = area.bounding_box();
        Self {
            bounding_box,
            // One unit around, because spots are whole units.
            zone: Frame::of(&bounding_box).zone(1).unwrap_or(Zone::WORLD),
            inner: match area {
                Area::Bounds(_) => Inner::All,
                Area::Circle(circle) => Inner::Disc(circle.center.unit_vector(), chord_squared(circle.radius_meters)),
                Area::Polygon(polygon) => Inner::Outline(Outline::of(polygon)),
            },
        }
    }

    /// The part of the ground that the area lies in.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// As [`Area::contains`].
    pub fn contains(&self, point: Point) -> bool {
        self.bounding_box.contains(point)
            && match &self.inner {
                Inner::All => true,
                Inner::Disc(center, most) => chord_of_vectors(point.unit_vector(), *center) <= *most,
                Inner::Outline(outline) => outline.contains(point),
            }
    }
}
