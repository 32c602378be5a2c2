//! The ground that clusters are made on: the Web Mercator square, 2^32 units wide and high.
//!
//! Differences of columns wrap around the world by themselves. All transcendental functions come from `libm`, which is
//! written in basic operations only: the system's library may round differently on another machine, and a report that
//! lies elsewhere by one unit could make other clusters there.

use std::{f64::consts::PI, sync::LazyLock};

use crate::kernel::geo::{Bounds, MAX_MERCATOR_LATITUDE, Point};

/// Units around the world.
pub const WORLD: f64 = 4_294_967_296.0;

/// How near to each other reports are joined at zoom 0: 40 of the 512 pixels of a tile, as the `supercluster` package
/// has it by default. Each zoom halves it.
const RADIUS_AT_ZOOM_0: u32 = 335_544_320;

/// How near to each other reports are joined at a zoom of 0 to 16, in units.
pub fn radius(zoom: u8) -> u32 {
    RADIUS_AT_ZOOM_0 >> zoom
}

/// The squared distance of two spots, around the world where that is shorter. What lies as far apart as is possible
/// counts as a little nearer.
#[inline]
pub fn distance_squared(one: (u32, u32), other: (u32, u32)) -> u64 {
    let across = u64::from(one.0.wrapping_sub(other.0).cast_signed().unsigned_abs());
    let down = u64::from(one.1.abs_diff(other.1));
    (across * across).saturating_add(down * down)
}

/// How far a spot lies east of another one, the short way around, and south of it.
#[inline]
pub fn offset(of: (u32, u32), from: (u32, u32)) -> (i64, i64) {
    let across = of.0.wrapping_sub(from.0).cast_signed();
    (i64::from(across), i64::from(of.1) - i64::from(from.1))
}

/// Column from the antimeridian eastward and row from the north downward. Places nearer to a pole than
/// [`MAX_MERCATOR_LATITUDE`] lie on the edge.
pub fn spot_of(point: Point) -> (u32, u32) {
    // The meridian 180 is the meridian −180: column 2^32 is column 0.
    (column_of(point.longitude) as u64 as u32, row_of(point.latitude) as u32)
}

/// The place of a column and a row that need not be whole; the column may lie beyond the world's edges.
pub fn point_at(column: f64, row: f64) -> Point {
    Point::wrapped(latitude_of(row), column.rem_euclid(WORLD) / WORLD * 360.0 - 180.0)
}

/// Rows of which the latitude is known, evenly over the square.
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

/// The latitude of a row, in degrees: Taylor's series of the Gudermann function around the nearest known row, whose
/// first term left out is below 10⁻¹⁵. A drawing needs hundreds, and this is several times as fast as an arc tangent.
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

/// The place of a spot along Morton's curve, on which the spots of every tile follow each other.
pub fn along_curve((x, y): (u32, u32)) -> u64 {
    spread(y) << 1 | spread(x)
}

/// Every bit of a number at twice its place.
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

    /// All spots inside and `margin` units around; where that is negative, those so far inside, if there are any.
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

/// Whole units: columns from `west` eastward, also over the edge of the world, and rows; all edges lie inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    west: u32,
    width: u32,
    top: u32,
    bottom: u32,
}

impl Zone {
    /// The world.
    pub const WORLD: Self = Self {
        west: 0,
        width: u32::MAX,
        top: 0,
        bottom: u32::MAX,
    };

    /// The square around a disc.
    pub fn around((x, y): (u32, u32), radius: u32) -> Self {
        Self {
            west: x.wrapping_sub(radius),
            width: 2 * radius,
            top: y.saturating_sub(radius),
            bottom: y.saturating_add(radius),
        }
    }

    /// Whether a spot lies inside.
    #[inline]
    pub fn holds(&self, (x, y): (u32, u32)) -> bool {
        x.wrapping_sub(self.west) <= self.width && self.top <= y && y <= self.bottom
    }

    /// The only quarter of a tile that a zone inside the tile has spots in.
    #[inline]
    pub fn only_quarter(&self, tile: Tile) -> Option<u32> {
        let east = self.west.checked_add(self.width)?;
        let quarter = tile.quarter_of((self.west, self.top));
        (tile.depth < Tile::DEEPEST && quarter == tile.quarter_of((east, self.bottom))).then_some(quarter)
    }

    /// Whether a tile has a spot inside.
    #[inline]
    pub fn meets(&self, tile: Tile) -> bool {
        let side = tile.last();
        let across = tile.x.wrapping_sub(self.west) <= self.width || self.west.wrapping_sub(tile.x) <= side;
        across && tile.y <= self.bottom && self.top <= tile.y | side
    }

    /// Whether all spots of a tile lie inside.
    #[inline]
    pub fn covers(&self, tile: Tile) -> bool {
        let side = tile.last();
        let from = tile.x.wrapping_sub(self.west);
        let across = from <= self.width && side <= self.width - from;
        across && self.top <= tile.y && tile.y | side <= self.bottom
    }
}

/// A square of the world that was quartered `depth` times, by its north-west corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Western column.
    pub x: u32,
    /// Northern row.
    pub y: u32,
    /// 0 for the world to 32 for a single spot.
    pub depth: u32,
}

impl Tile {
    /// The whole square.
    pub const WORLD: Self = Self { x: 0, y: 0, depth: 0 };
    /// How often it can be quartered.
    pub const DEEPEST: u32 = 32;

    /// The distance from the first to the last column and row.
    #[inline]
    pub fn last(self) -> u32 {
        u32::MAX.checked_shr(self.depth).unwrap_or(0)
    }

    /// Which quarter a spot lies in: 0 and 1 in the north from the west, 2 and 3 in the south.
    #[inline]
    pub fn quarter_of(self, (x, y): (u32, u32)) -> u32 {
        let bit = 31_u32.saturating_sub(self.depth);
        (y >> bit & 1) << 1 | (x >> bit & 1)
    }

    /// One of its quarters.
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
            let (x, y) = spot_of(point);
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
