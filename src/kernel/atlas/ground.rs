//! The ground that clusters are made on: the Web Mercator square, 2^32 units wide and high.
//!
//! Differences of columns wrap around the world by themselves. All transcendental functions come from `libm`, which is
//! written in basic operations only: the system's library may round differently on another machine, and a report that
//! lies elsewhere by one unit could make other clusters there.

use std::f64::consts::PI;

use crate::kernel::geo::{Bounds, MAX_MERCATOR_LATITUDE, Point};

/// Units around the world.
pub const WORLD: f64 = 4_294_967_296.0;

/// How near to each other reports are joined at zoom 0: 40 of the 512 pixels of a tile, as the `supercluster` package
/// has it by default. Each zoom halves it.
const RADIUS_AT_ZOOM_0: u32 = 335_544_320;

/// How near to each other reports are joined at a zoom of 0 to 16, in units.
pub fn radius(zoom: u32) -> u32 {
    RADIUS_AT_ZOOM_0 >> zoom
}

/// Column from the antimeridian eastward and row from the north downward. Places nearer to a pole than
/// [`MAX_MERCATOR_LATITUDE`] lie on the edge.
pub fn spot_of(point: Point) -> (u32, u32) {
    // The meridian 180 is the meridian −180: column 2^32 is column 0.
    (column_of(point.longitude) as u64 as u32, row_of(point.latitude) as u32)
}

/// The place of a column and a row that need not be whole; the column may lie beyond the world's edges.
pub fn point_at(column: f64, row: f64) -> Point {
    let latitude = libm::atan(libm::sinh(PI * (1.0 - 2.0 * row / WORLD))).to_degrees();
    Point::wrapped(latitude, column.rem_euclid(WORLD) / WORLD * 360.0 - 180.0)
}

fn column_of(longitude: f64) -> f64 {
    (longitude + 180.0) / 360.0 * WORLD
}

fn row_of(latitude: f64) -> f64 {
    let latitude = latitude.clamp(-MAX_MERCATOR_LATITUDE, MAX_MERCATOR_LATITUDE);
    let sine = libm::sin(latitude.to_radians());
    let row = 0.5 - libm::log((1.0 + sine) / (1.0 - sine)) / (4.0 * PI);
    (row * WORLD).clamp(0.0, WORLD - 1.0)
}

/// A viewport on the ground. Latitudes beyond the square are its edge, so that one to the pole shows what lies there.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    west: f64,
    width: f64,
    top: f64,
    bottom: f64,
}

impl Frame {
    /// The viewport of a rectangle of the map; whole units, so that a spot on an edge lies inside.
    pub fn of(bounds: &Bounds) -> Self {
        let west = column_of(bounds.west).floor();
        let east = column_of(bounds.east);
        let around = if bounds.west <= bounds.east { 0.0 } else { WORLD };
        Self {
            west,
            width: east + around - west,
            top: row_of(bounds.north).floor(),
            bottom: row_of(bounds.south),
        }
    }

    /// Whether a column and a row that need not be whole lie inside.
    pub fn holds(&self, (column, row): (f64, f64)) -> bool {
        (self.top..=self.bottom).contains(&row) && (column - self.west).rem_euclid(WORLD) <= self.width
    }
}
