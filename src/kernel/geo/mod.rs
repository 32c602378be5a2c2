//! Places on the sphere: checked points, what may be shown of them, and the shapes that people search in.
//!
//! Everything here is pure and takes the earth for a sphere of [`EARTH_RADIUS_METERS`]; against the ellipsoid that is
//! wrong by at most 0.6 %, far less than people err when they say where an animal was seen. Degrees come in and go out,
//! distances are metres. A value of a type of this module is in range by construction; what is not is a [`GeoError`].

pub mod cells;

mod bounds;
mod chord;
mod circle;
mod mask;
mod mercator;
mod point;
mod polygon;
mod units;

#[cfg(test)]
mod testing;

pub use bounds::Bounds;
pub use chord::{chord_of_angle, chord_of_vectors, chord_squared};
pub use circle::Circle;
pub use mask::{MASK_MAX_METERS, MASK_MIN_METERS, keeps_mask, mask};
pub use mercator::{MAX_MERCATOR_LATITUDE, WORLD_UNITS, map_cell, point_of_cell};
pub use point::{EARTH_RADIUS_METERS, Point, destination, distance_meters, within_a_turn};
pub use polygon::Polygon;
pub use units::DistanceUnit;

/// A private field of this type keeps a value from being put together outside of its module, without the checks.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Checked;

/// Why a place or a shape was refused; each text names the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GeoError {
    /// Not a number, or outside of the poles.
    #[error("latitude must be a number from -90 to 90")]
    Latitude,
    /// Not a number, or more than half around the world.
    #[error("longitude must be a number from -180 to 180: add or take off multiples of 360")]
    Longitude,
    /// The lower edge lies above the upper one.
    #[error("south must not lie north of north")]
    SouthAboveNorth,
    /// Zero, negative, not a number or too far.
    #[error("the radius must be more than 0 and at most 161 kilometers (100 miles)")]
    Radius,
    /// Too few or too many corners.
    #[error("a polygon needs 3 to 500 different corners")]
    CornerCount,
    /// Two edges touch or cross, or the corners lie on one line.
    #[error("the edges of a polygon must not touch or cross each other")]
    SelfCrossing,
    /// The outline goes once around the world, so that it has no inside on a map.
    #[error("a polygon must not go around a pole")]
    AroundPole,
}
