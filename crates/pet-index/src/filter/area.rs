//! Areas of the map that a filter can be restricted to.

use geometry::{Bounds, Circle, Point, Polygon, chord_squared};

use super::outline::Outline;
use crate::projection::{Frame, Zone};
use geometry::chord_of_vectors;

/// An area of the map. A report belongs to it if its masked point does.
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    /// A rectangle, edges included.
    Bounds(Bounds),
    /// All points within a distance of a centre, the edge included.
    Circle(Circle),
    /// An area drawn on the map by a user.
    Polygon(Polygon),
}

impl Area {
    /// Whether the point is inside.
    pub fn contains(&self, point: Point) -> bool {
        match self {
            Self::Bounds(bounds) => bounds.contains(point),
            Self::Circle(circle) => circle.contains(point),
            Self::Polygon(polygon) => polygon.contains(point),
        }
    }

    /// The smallest box around the area.
    pub fn bounding_box(&self) -> Bounds {
        match self {
            Self::Bounds(bounds) => *bounds,
            Self::Circle(circle) => circle.bounding_box(),
            Self::Polygon(polygon) => polygon.bounding_box(),
        }
    }
}

/// An area preprocessed for testing many points.
pub struct Shape {
    bounding_box: Bounds,
    zone: Zone,
    inner: Inner,
}

/// The test for points inside the bounding box.
enum Inner {
    All,
    /// The centre of a circle as a unit vector, and the greatest squared chord.
    Disc([f64; 3], f64),
    Outline(Outline),
}

impl Shape {
    /// Preprocesses an area.
    pub fn of(area: &Area) -> Self {
        let bounding_box = area.bounding_box();
        Self {
            bounding_box,
            // A margin of one unit, because positions are rounded to whole units.
            zone: Frame::of(&bounding_box).zone(1).unwrap_or(Zone::WORLD),
            inner: match area {
                Area::Bounds(_) => Inner::All,
                Area::Circle(circle) => Inner::Disc(circle.center.unit_vector(), chord_squared(circle.radius_meters)),
                Area::Polygon(polygon) => Inner::Outline(Outline::of(polygon)),
            },
        }
    }

    /// The zone of the projection that contains the area.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Same result as [`Area::contains`].
    pub fn contains(&self, point: Point) -> bool {
        self.bounding_box.contains(point)
            && match &self.inner {
                Inner::All => true,
                Inner::Disc(center, most) => chord_of_vectors(point.unit_vector(), *center) <= *most,
                Inner::Outline(outline) => outline.contains(point),
            }
    }
}
