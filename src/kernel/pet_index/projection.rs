//! The projection that clusters are computed in: the Web Mercator square, 2^32 units wide and high.
//!
//! Differences between columns wrap around the world by integer overflow. All transcendental functions come from
//! `libm`, which uses basic operations only. The system's math library may round differently on another machine, and a
//! difference of one unit could lead to other clusters there.

use std::{f64::consts::PI, sync::LazyLock};

use crate::kernel::geo::{Bounds, MAX_MERCATOR_LATITUDE, Point};

/// Width of the world in units.
pub const WORLD: f64 = 4_294_967_296.0;

/// Clustering radius at zoom 0: 40 of the 512 pixels of a tile, the default of the `supercluster` package. It halves
/// with each zoom.
const RADIUS_AT_ZOOM_0: u32 = 335_544_320;

/// Clustering radius in units at a zoom of 0 to 16.
pub fn radius(zoom: u8) -> u32 {
    RADIUS_AT_ZOOM_0 >> zoom
}

/// Squared distance of two positions, around the world if that is shorter. The greatest possible distance counts as
/// slightly less to avoid overflow.
#[inline]
pub fn distance_squared(one: (u32, u32), other: (u32, u32)) -> u64 {
    let across = u64::from(one.0.wrapping_sub(other.0).cast_signed().unsigned_abs());
    let down = u64::from(one.1.abs_diff(other.1));
    (across * across).saturating_add(down * down)
}

/// Offset of a position from another one: eastward, the short way around, and southward.
#[inline]
pub fn offset(of: (u32, u32), from: (u32, u32)) -> (i64, i64) {
    let across = of.0.wrapping_sub(from.0).cast_signed();
    (i64::from(across), i64::from(of.1) - i64::from(from.1))
}

/// Column (eastward from the antimeridian) and row (southward). Places closer to a pole than [`MAX_MERCATOR_LATITUDE`]
/// are moved to the edge.
pub fn project(point: Point) -> (u32, u32) {
    // The meridian 180 is the meridian −180, so column 2^32 is column 0.
    (column_of(point.longitude) as u64 as u32, row_of(point.latitude) as u32)
}

/// The place of a fractional column and row. The column may exceed the width of the world.
pub fn point_at(column: f64, row: f64) -> Point {
    Point::wrapped(latitude_of(row), column.rem_euclid(WORLD) / WORLD * 360.0 - 180.0)
}

/// Number of evenly spaced rows with a precomputed latitude.
const KNOTS: usize = 1_024;

/// Latitude in radians, with its sine and cosine, of each of these rows.
static LATITUDES: LazyLock<Vec<(f64, f64, f64)>> = LazyLock::new(|| {
    let knot = |number: usize| {
        let upward = PI * (1.0 - 2.0 * number as f64 / KNOTS as f64);
        (
            libm::atan(libm::sinh(upward)),
            libm::tanh(upward),
            1.0 / libm::cosh(upward),
        )
    };
    (0..=KNOTS).map(knot).collect()
});

/// Latitude of a row in degrees: the Taylor series of the Gudermannian function around the nearest precomputed row,
/// whose first omitted term is below 10⁻¹⁵. A drawing needs hundreds of these, and this is several times faster than an
/// arctangent.
fn latitude_of(row: f64) -> f64 {
    let place = row / WORLD * KNOTS as f64;
    let nearest = place.round();
    let (latitude, sine, cosine) = LATITUDES.get(nearest as usize).copied().unwrap_or_default();
    let upward = 2.0 * PI / KNOTS as f64 * (nearest - place);
    let square = cosine * cosine;
    let fifth = cosine * (1.0 - 20.0 * square + 24.0 * square * square);
    let fourth = -cosine * sine * (1.0 - 6.0 * square);
    let third = cosine * (1.0 - 2.0 * square);
    let series = fourth + upward / 5.0 * fifth;
    let series = third + upward / 4.0 * series;
    let series = -cosine * sine + upward / 3.0 * series;
    let series = cosine + upward / 2.0 * series;
    (latitude + upward * series).to_degrees()
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

/// Position along the Morton curve, on which the positions of every tile are contiguous.
pub fn along_curve((x, y): (u32, u32)) -> u64 {
    spread(y) << 1 | spread(x)
}

/// Moves every bit of a number to twice its position.
fn spread(line: u32) -> u64 {
    let mut bits = u64::from(line);
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        bits = (bits | bits << shift) & mask;
    }
    bits
}

/// A viewport in the projection. Latitudes beyond the square are moved to its edge, so a viewport up to the pole shows
/// the reports there.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    west: f64,
    width: f64,
    top: f64,
    bottom: f64,
}

impl Frame {
    /// The viewport of a map rectangle, in whole units, so that a position on an edge is inside.
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

    /// Whether a fractional column and row are inside.
    #[inline]
    pub fn holds(&self, (column, row): (f64, f64)) -> bool {
        let east = column - self.west;
        let east = if east < 0.0 {
            east + WORLD
        } else if WORLD <= east {
            east - WORLD
        } else {
            east
        };
        self.top <= row && row <= self.bottom && east <= self.width
    }

    /// The viewport extended by `margin` units, or shrunk if that is negative; `None` if nothing is left.
    pub fn zone(&self, margin: i64) -> Option<Zone> {
        let (west, top) = (self.west as i64 - margin, self.top as i64 - margin);
        let width = self.width.ceil() as i64 + 2 * margin;
        let bottom = self.bottom.ceil() as i64 + margin;
        let last = i64::from(u32::MAX);
        (0 <= width && top <= bottom).then(|| Zone {
            west: west as u32,
            width: width.min(last) as u32,
            top: top.clamp(0, last) as u32,
            bottom: bottom.clamp(0, last) as u32,
        })
    }
}

/// A rectangle in whole units: columns eastward from `west`, possibly across the antimeridian, and rows. All edges are
/// inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    west: u32,
    width: u32,
    top: u32,
    bottom: u32,
}

impl Zone {
    /// The whole world.
    pub const WORLD: Self = Self {
        west: 0,
        width: u32::MAX,
        top: 0,
        bottom: u32::MAX,
    };

    /// The square around a circle.
    pub fn around((x, y): (u32, u32), radius: u32) -> Self {
        Self {
            west: x.wrapping_sub(radius),
            width: 2 * radius,
            top: y.saturating_sub(radius),
            bottom: y.saturating_add(radius),
        }
    }

    /// Whether a position is inside.
    #[inline]
    pub fn holds(&self, (x, y): (u32, u32)) -> bool {
        x.wrapping_sub(self.west) <= self.width && self.top <= y && y <= self.bottom
    }

    /// The quarter of the tile that contains the whole zone, if the zone is inside the tile and there is only one.
    #[inline]
    pub fn only_quarter(&self, tile: Tile) -> Option<u32> {
        let east = self.west.checked_add(self.width)?;
        let quarter = tile.quarter_of((self.west, self.top));
        (tile.depth < Tile::DEEPEST && quarter == tile.quarter_of((east, self.bottom))).then_some(quarter)
    }

    /// Whether the zone overlaps a tile.
    #[inline]
    pub fn meets(&self, tile: Tile) -> bool {
        let side = tile.last();
        let across = tile.x.wrapping_sub(self.west) <= self.width || self.west.wrapping_sub(tile.x) <= side;
        across && tile.y <= self.bottom && self.top <= tile.y | side
    }

    /// Whether the zone contains a whole tile.
    #[inline]
    pub fn covers(&self, tile: Tile) -> bool {
        let side = tile.last();
        let from = tile.x.wrapping_sub(self.west);
        let across = from <= self.width && side <= self.width - from;
        across && self.top <= tile.y && tile.y | side <= self.bottom
    }
}

/// A square obtained by quartering the world `depth` times, identified by its north-west corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Western column.
    pub x: u32,
    /// Northern row.
    pub y: u32,
    /// 0 for the world, up to 32 for a single position.
    pub depth: u32,
}

impl Tile {
    /// The whole square.
    pub const WORLD: Self = Self { x: 0, y: 0, depth: 0 };
    /// Maximum number of times the world can be quartered.
    pub const DEEPEST: u32 = 32;

    /// The distance from the first to the last column (or row).
    #[inline]
    pub fn last(self) -> u32 {
        u32::MAX.checked_shr(self.depth).unwrap_or(0)
    }

    /// The quarter that contains a position: 0 and 1 in the north from west to east, 2 and 3 in the south.
    #[inline]
    pub fn quarter_of(self, (x, y): (u32, u32)) -> u32 {
        let bit = 31_u32.saturating_sub(self.depth);
        (y >> bit & 1) << 1 | (x >> bit & 1)
    }

    /// The quarter with this number, 0 to 3.
    #[inline]
    pub fn quarter(self, number: u32) -> Self {
        let bit = 31_u32.saturating_sub(self.depth);
        Self {
            x: self.x | (number & 1) << bit,
            y: self.y | (number >> 1 & 1) << bit,
            depth: self.depth + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_series_is_the_inverse_of_the_projection(row in 0.0..WORLD - 1.0) {
            let exact = libm::atan(libm::sinh(PI * (1.0 - 2.0 * row / WORLD))).to_degrees();
            prop_assert!((latitude_of(row) - exact).abs() < 1e-12);
        }

        #[test]
        fn a_spot_is_less_than_a_unit_from_its_place(latitude in -85.0..85.0, longitude in -180.0..180.0) {
            let point = Point::wrapped(latitude, longitude);
            let (x, y) = project(point);
            let back = point_at(f64::from(x), f64::from(y));
            prop_assert!((back.latitude - latitude).abs() < 1e-7);
            prop_assert!((back.longitude - longitude).abs() < 1e-7);
        }

        #[test]
        fn a_zone_meets_the_tiles_of_its_spots(west: u32, width: u32, top: u32, height: u32, across: u32, down: u32, depth in 0..=32_u32) {
            let zone = Zone { west, width, top, bottom: top.saturating_add(height) };
            let at = (west.wrapping_add(across.min(width)), top + down.min(zone.bottom - top));
            let tile = (0..depth).fold(Tile::WORLD, |tile, _| tile.quarter(tile.quarter_of(at)));
            prop_assert!(zone.holds(at) && zone.meets(tile));
            let corners = [(tile.x, tile.y), (tile.x | tile.last(), tile.y | tile.last())];
            prop_assert!(!zone.covers(tile) || corners.into_iter().all(|corner| zone.holds(corner)));
        }
    }

    #[test]
    fn one_radius_is_40_of_512_pixels_of_a_tile() {
        for zoom in 0..=16_u8 {
            let tile = WORLD / f64::from(1_u32 << zoom);
            assert_eq!(f64::from(radius(zoom)), tile * 40.0 / 512.0);
        }
    }
}
