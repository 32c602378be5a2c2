//! Lower bounds for the distance between a place and a part of the projection.

use geometry::Point;

use crate::projection::{Tile, point_at};
use geometry::chord_of_angle;

/// Margin in degrees added to a tile, because positions are whole units and edges are rounded.
const SLACK: f64 = 1e-6;

/// Computes lower bounds for one place.
pub struct Reach {
    from: Point,
    cos_latitude: f64,
}

impl Reach {
    /// Lower bounds for the distance from this place.
    pub fn of(from: Point) -> Self {
        Self {
            from,
            cos_latitude: from.latitude.to_radians().cos().max(0.0),
        }
    }

    /// A lower bound for the squared chord length to anything in the tile. Rows on the edge of the world extend to the
    /// pole.
    pub fn least(&self, tile: Tile) -> f64 {
        let side = f64::from(tile.last()) + 1.0;
        let (column, row) = (f64::from(tile.x), f64::from(tile.y));
        let north = if tile.y == 0 {
            90.0
        } else {
            point_at(column, row).latitude + SLACK
        };
        let ends = tile.y.checked_add(tile.last()) == Some(u32::MAX);
        let south = if ends {
            -90.0
        } else {
            point_at(column, row + side).latitude - SLACK
        };
        let degrees = |column: f64| column / crate::projection::WORLD * 360.0 - 180.0;
        let (west, east) = (degrees(column) - SLACK, degrees(column + side) + SLACK);

        let upward = (south - self.from.latitude).max(self.from.latitude - north).max(0.0);
        let angle = upward.to_radians().max(self.angle_to_meridians(west, east));
        // Slightly reduced, to allow for rounding errors here and in the value it is compared with.
        (chord_of_angle(angle) * (1.0 - 1e-9) - 1e-15).max(0.0)
    }

    /// The angle at the centre of the earth to the nearest point on any meridian from `west` to `east`.
    fn angle_to_meridians(&self, west: f64, east: f64) -> f64 {
        let longitude = self.from.longitude;
        let is_between = [-360.0, 0.0, 360.0]
            .into_iter()
            .any(|turn| west <= longitude + turn && longitude + turn <= east);
        if is_between {
            return 0.0;
        }
        let gap = |meridian: f64| {
            let gap = (meridian - longitude).rem_euclid(360.0);
            gap.min(360.0 - gap)
        };
        let gap = gap(west).min(gap(east));
        // More than a quarter turn away, the pole is the nearest point of a meridian.
        let sine = if gap < 90.0 { gap.to_radians().sin() } else { 1.0 };
        (self.cos_latitude * sine).min(1.0).asin()
    }
}
