//! Where on the map a filter looks.

use super::{
    ground::{Frame, Zone},
    outline::Outline,
};
use crate::kernel::geo::{Bounds, Circle, Point, Polygon, chord_of_vectors, chord_squared};

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
    /// Whether the point lies inside.
    pub fn contains(&self, point: Point) -> bool {
        match self {
            Self::Bounds(bounds) => bounds.contains(point),
            Self::Circle(circle) => circle.contains(point),
            Self::Polygon(polygon) => polygon.contains(point),
        }
    }

    /// The least box around it.
    pub fn bounding_box(&self) -> Bounds {
        match self {
            Self::Bounds(bounds) => *bounds,
            Self::Circle(circle) => circle.bounding_box(),
            Self::Polygon(polygon) => polygon.bounding_box(),
        }
    }
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
