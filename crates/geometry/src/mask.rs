//! Computes the public point of a report: the only location that strangers may see.
//!
//! The public point is 150 to 400 m from the true one. A keyed hash of an id determines direction and distance, so the
//! result is the same on every node and after every restart. Repeated requests return the same point, so averaging
//! reveals nothing, and without the key nobody can compute the true point. The ring has a hole so that the public point
//! never hits the house by chance. The caller chooses the id, and has to make sure that places close to each other
//! share one public point.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::{Point, destination, distance_meters};

/// The public point is at least this far from the true one, in metres.
pub const MASK_MIN_METERS: f64 = 150.0;
/// The public point is at most this far from the true one, in metres.
pub const MASK_MAX_METERS: f64 = 400.0;

/// As long as the true point stays within this many metres of the masked one, the public point does not move.
const ANCHOR_METERS: f64 = 1_000.0;
/// How far a place may be from the masked point that it is shown at: it may be anywhere around the place that the mask was
/// drawn for.
pub const MASK_REACH_METERS: f64 = ANCHOR_METERS + MASK_MAX_METERS;

/// Domain separation: no other use of the key computes the same hash.
const PURPOSE: &[u8] = b"public place of a report, 1";

/// The public point for an id: determined by key, id and true point, and uniformly distributed over the area of the
/// ring.
pub fn mask(secret: &[u8], id: Uuid, point: Point) -> Point {
    let mut hash = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    hash.update(PURPOSE);
    hash.update(id.as_bytes());
    let digest: [u8; 32] = hash.finalize().into_bytes().into();

    let (first, second) = digest.split_at(16);
    let (inner, outer) = (MASK_MIN_METERS.powi(2), MASK_MAX_METERS.powi(2));
    let radius = (inner + fraction(second) * (outer - inner)).sqrt();
    destination(point, 360.0 * fraction(first), radius)
}

/// Whether a report at `new_point` keeps the mask that was drawn for `anchor`.
///
/// Nearby places must not get a new mask: each additional mask around one home would narrow down where it is.
pub fn keeps_mask(anchor: Point, new_point: Point) -> bool {
    distance_meters(anchor, new_point) <= ANCHOR_METERS
}

/// Reads bytes as a number in 0..1, exact to 53 bits.
fn fraction(bytes: &[u8]) -> f64 {
    let number = bytes
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    (number >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::point;
    use super::*;

    proptest! {
        #[test]
        fn the_public_point_lies_in_the_ring(secret: Vec<u8>, id: u128, at in point()) {
            let shown = mask(&secret, Uuid::from_u128(id), at);
            let meters = distance_meters(at, shown);
            prop_assert!((MASK_MIN_METERS - 1e-3..=MASK_MAX_METERS + 1e-3).contains(&meters), "{meters}");
        }

        #[test]
        fn the_mask_is_never_drawn_anew(secret: Vec<u8>, id: u128, at in point()) {
            let id = Uuid::from_u128(id);
            prop_assert_eq!(mask(&secret, id, at), mask(&secret, id, at));
        }

        #[test]
        fn another_report_or_another_key_is_masked_another_way(id: u128, latitude in -80.0..80.0, longitude in -180.0..180.0) {
            let (id, at) = (Uuid::from_u128(id), Point::new(latitude, longitude).unwrap());
            let shown = mask(b"key", id, at);
            prop_assert_ne!(shown, mask(b"other key", id, at));
            prop_assert_ne!(shown, mask(b"key", Uuid::from_u128(!id.as_u128()), at));
        }

        #[test]
        fn only_a_move_of_more_than_a_kilometer_drops_the_mask(at in point(), bearing in 0.0..360.0, meters in 0.0..2_000.0_f64) {
            prop_assume!((meters - 1_000.0).abs() > 0.01);
            prop_assert_eq!(keeps_mask(at, destination(at, bearing, meters)), meters < 1_000.0);
        }
    }

    #[test]
    fn the_masks_of_many_reports_fill_the_ring_evenly() {
        let home = Point::new(47.6, -122.3).unwrap();
        let shown: Vec<Point> = (0..4_000).map(|id| mask(b"key", Uuid::from_u128(id), home)).collect();
        let half_area = ((MASK_MIN_METERS.powi(2) + MASK_MAX_METERS.powi(2)) / 2.0).sqrt();
        let inside = shown
            .iter()
            .filter(|point| distance_meters(home, **point) < half_area)
            .count();
        let north = shown.iter().filter(|point| home.latitude < point.latitude).count();
        let east = shown.iter().filter(|point| home.longitude < point.longitude).count();
        for count in [inside, north, east] {
            assert!((1_880..=2_120).contains(&count), "{count} of 4000");
        }
    }
}
