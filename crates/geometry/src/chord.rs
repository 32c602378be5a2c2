//! Squared chords: straight lines through the earth, taken as the unit sphere. Distances are compared by them, because
//! between unit vectors they need no trigonometry. The tables store a unit vector with each place.

use std::f64::consts::PI;

/// Mean radius of the earth, (2a + b) / 3 of the GRS 80 ellipsoid, in metres.
pub const EARTH_RADIUS_METERS: f64 = 6_371_008.8;

/// The squared chord between two unit vectors. The database computes exactly the same value from the stored vectors, so
/// its cursors and ours agree.
pub fn chord_of_vectors([x, y, z]: [f64; 3], [from_x, from_y, from_z]: [f64; 3]) -> f64 {
    let (x, y, z) = (x - from_x, y - from_y, z - from_z);
    x * x + y * y + z * z
}

/// The squared chord between places at that distance along the ground.
pub fn chord_squared(meters: f64) -> f64 {
    chord_of_angle((meters / EARTH_RADIUS_METERS).clamp(0.0, PI))
}

/// The squared chord between places that far apart, as an angle in radians at the centre of the earth.
pub fn chord_of_angle(angle: f64) -> f64 {
    4.0 * (angle / 2.0).sin().powi(2)
}
