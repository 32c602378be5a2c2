//! Straight lines through the earth, taken as the unit sphere, and squared: distances are compared by them, because
//! they need no trigonometry where unit vectors are at hand. The tables hold these beside each place.

use std::f64::consts::PI;

use super::EARTH_RADIUS_METERS;

/// Between the places of two unit vectors; to the last bit what the database computes from the stored ones, so that its
/// cursors and ours are the same.
pub fn chord_of_vectors([x, y, z]: [f64; 3], [from_x, from_y, from_z]: [f64; 3]) -> f64 {
    let (x, y, z) = (x - from_x, y - from_y, z - from_z);
    x * x + y * y + z * z
}

/// Of places that are so far apart along the ground.
pub fn chord_squared(meters: f64) -> f64 {
    chord_of_angle((meters / EARTH_RADIUS_METERS).clamp(0.0, PI))
}

/// Of places between which that angle lies at the centre of the earth, in radians.
pub fn chord_of_angle(angle: f64) -> f64 {
    4.0 * (angle / 2.0).sin().powi(2)
}
