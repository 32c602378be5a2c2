//! What an attacker computes at home.

use geometry::{Point, destination, distance_meters};

/// Metres to the east and north of a place, for places a few kilometres apart.
pub fn offset(from: Point, to: Point) -> (f64, f64) {
    let meters_per_degree = distance_meters(from, Point::new(from.latitude - 0.01, from.longitude).unwrap()) * 100.0;
    let around = (to.longitude - from.longitude + 540.0).rem_euclid(360.0) - 180.0;
    let east = around * from.latitude.to_radians().cos();
    (
        east * meters_per_degree,
        (to.latitude - from.latitude) * meters_per_degree,
    )
}

/// The place so many metres to the east and north.
pub fn moved(from: Point, (east, north): (f64, f64)) -> Point {
    destination(from, east.atan2(north).to_degrees(), east.hypot(north))
}

/// The middle of places near each other.
pub fn average(places: &[Point]) -> Point {
    let from = places[0];
    let offsets: Vec<(f64, f64)> = places.iter().map(|place| offset(from, *place)).collect();
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / places.len() as f64;
    moved(
        from,
        (
            mean(offsets.iter().map(|(east, _)| *east).collect()),
            mean(offsets.iter().map(|(_, north)| *north).collect()),
        ),
    )
}

/// The place that lies best at these distances from these places: least squares by Gauss and Newton, from a guess.
pub fn trilaterated(guess: Point, circles: &[(Point, f64)]) -> Point {
    let mut place = guess;
    for _ in 0..30 {
        let (mut a, mut b, mut c, mut right_east, mut right_north) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (center, radius) in circles {
            let (east, north) = offset(*center, place);
            let (length, wrong) = (east.hypot(north).max(1e-9), radius - distance_meters(*center, place));
            let (u, v) = (east / length, north / length);
            (a, b, c) = (a + u * u, b + u * v, c + v * v);
            (right_east, right_north) = (right_east + u * wrong, right_north + v * wrong);
        }
        let determinant = a * c - b * b;
        assert!(1e-6 < determinant, "the centres lie on a line with the place");
        let east = (c * right_east - b * right_north) / determinant;
        let north = (a * right_north - b * right_east) / determinant;
        place = moved(place, (east.clamp(-2_000.0, 2_000.0), north.clamp(-2_000.0, 2_000.0)));
    }
    place
}

/// Where an answer turns from yes (at `low`) to no (at `high`), or the other way around.
pub async fn turning_point(low: f64, high: f64, mut is_yes: impl AsyncFnMut(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    let at_low = is_yes(low).await;
    assert_ne!(
        at_low,
        is_yes(high).await,
        "the answer does not turn between {low} and {high}"
    );
    for _ in 0..26 {
        let middle = f64::midpoint(low, high);
        if is_yes(middle).await == at_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
