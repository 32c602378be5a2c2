//! Places on the sphere: checked points, the mask that protects them, and the shapes that people search in.
//!
//! Everything here is pure and treats the earth as a sphere of [`EARTH_RADIUS_METERS`]. Compared with the ellipsoid the
//! error is at most 0.6 %, far less than people's own error when they say where they saw an animal. Angles are in
//! degrees, distances in metres. The constructors of these types check the range and return a [`GeoError`] otherwise.

pub mod cells;

mod bounds;
mod chord;
mod circle;
mod mask;
mod mercator;
mod point;
mod polygon;
mod units;
mod written;

#[cfg(test)]
mod testing;

pub use bounds::Bounds;
pub use chord::{EARTH_RADIUS_METERS, chord_of_angle, chord_of_vectors, chord_squared};
pub use circle::Circle;
pub use mask::{MASK_MAX_METERS, MASK_MIN_METERS, MASK_REACH_METERS, keeps_mask, mask};
pub use mercator::{MAX_MERCATOR_LATITUDE, WORLD_UNITS, map_cell, point_of_cell};
pub use point::{Point, destination, distance_meters, within_a_turn};
pub use polygon::Polygon;
pub use units::DistanceUnit;
pub use written::{WrittenPoint, is_nowhere, written_point};

/// A private field of this type prevents other modules from building a value without its checks.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Checked;

/// The reason why a place or a shape was refused; each message names the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GeoError {
    /// Not a number, or beyond a pole.
    #[error("latitude must be a number from -90 to 90")]
    Latitude,
    /// Not a number, or beyond ±180.
    #[error("longitude must be a number from -180 to 180: add or take off multiples of 360")]
    Longitude,
    /// The southern edge is above the northern one.
    #[error("south must not lie north of north")]
    SouthAboveNorth,
    /// Zero, negative, not a number, or too large.
    #[error("the radius must be more than 0 and at most 161 kilometers (100 miles)")]
    Radius,
    /// Too few or too many corners.
    #[error("a polygon needs 3 to 500 different corners")]
    CornerCount,
    /// Two edges touch or cross, or all corners are on one line.
    #[error("the edges of a polygon must not touch or cross each other")]
    SelfCrossing,
    /// The outline goes all the way around the world, so it has no inside on a map.
    #[error("a polygon must not go around a pole")]
    AroundPole,
}
