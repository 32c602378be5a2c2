//! How far the addresses of a postal code or town may be from its middle, in one byte. The build script writes it and the
//! program reads it, so both compile this file.

/// The unit, in metres. A byte holds up to 127 km; no code or town of the table is wider.
const STEP_METERS: f64 = 500.0;

/// A distance in metres, rounded up.
pub fn packed(meters: f64) -> u8 {
    (meters / STEP_METERS).ceil() as u8
}

/// The distance in metres.
pub fn unpacked(steps: u8) -> f64 {
    f64::from(steps) * STEP_METERS
}
