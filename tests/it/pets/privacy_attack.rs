//! A stranger tries to find the home of whoever made a report.
//!
//! All that the stranger has is the API: answers by the hundred, searches whose edges can be moved, orders, clusters,
//! distances, and reports of their own around the place. Each attack computes its best estimate, and that must be the
//! masked point that everybody is shown anyway: to the metre, so the attack is a good one, and as far from the home as
//! the mask is.

mod answers;
mod geometry;
mod many;
mod map;
mod searches;

use ::geometry::{MASK_MAX_METERS, MASK_MIN_METERS, Point, destination, distance_meters};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{at, lost_with, report, seen_by};
use crate::support::{Actor, Caller, TestApp, Visitor};

const FOUND: &str =
    "query($filter: PetFilter, $sort: PetSort! = NEWEST) { pets(filter: $filter, sort: $sort, first: 100) {
    totalCount nodes { id place { coordinates { latitude longitude } } } } }";
const MAP: &str = "query($bounds: BoundsInput!, $zoom: Int!) { petMap(bounds: $bounds, zoom: $zoom) {
    pets { id place { coordinates { latitude longitude } } }
    clusters { count coordinates { latitude longitude } } } }";

/// A report of ann's with an exact point, and what a stranger is shown of it.
struct Target {
    app: TestApp,
    ann: Actor,
    bob: Actor,
    id: String,
    home: Point,
    shown: Point,
}

/// Who attacks: nobody in particular, or a member.
enum Stranger {
    Visitor,
    Member(Actor),
}

impl Caller for Stranger {
    fn authorization(&self) -> Option<String> {
        match self {
            Self::Visitor => Visitor.authorization(),
            Self::Member(member) => member.authorization(),
        }
    }
}

/// Homes in towns, in the far north, and beside the antimeridian.
fn homes() -> Vec<Point> {
    let mut chance = StdRng::seed_from_u64(11);
    let towns = [(30.27, -97.74), (64.84, -147.72), (-16.8, 179.99)];
    towns
        .into_iter()
        .map(|(latitude, longitude)| {
            let home = Point::new(latitude, longitude).unwrap();
            destination(home, chance.random_range(0.0..360.0), chance.random_range(0.0..3_000.0))
        })
        .collect()
}

fn point(coordinates: &Value) -> Point {
    let degrees = |field: &str| coordinates[field].as_f64().unwrap();
    Point::new(degrees("latitude"), degrees("longitude")).unwrap()
}

fn input(point: Point) -> Value {
    json!({ "latitude": point.latitude, "longitude": point.longitude })
}

impl Target {
    async fn at(home: Point) -> Self {
        let app = TestApp::new().await;
        let (ann, bob) = (app.member("ann").await, app.member("bob").await);
        let id = report(
            &app,
            &ann,
            lost_with(json!({ "location": at(home.latitude, home.longitude) })),
        )
        .await;
        app.leave_work();
        let shown = point(&seen_by(&app, &Visitor, &id).await["place"]["coordinates"]);
        Self {
            app,
            ann,
            bob,
            id,
            home,
            shown,
        }
    }

    fn strangers(&self) -> [Stranger; 2] {
        [Stranger::Visitor, Stranger::Member(self.bob.clone())]
    }

    /// The estimate is the mask, within so many metres, and no nearer to the home than it.
    fn assert_only_the_mask(&self, attack: &str, estimate: Point, tolerance: f64) {
        let (off, mask) = (
            distance_meters(estimate, self.shown),
            distance_meters(self.shown, self.home),
        );
        let left = distance_meters(estimate, self.home);
        assert!(off <= tolerance, "{attack}: {off} m from the mask");
        assert!(
            (MASK_MIN_METERS - 0.01..=MASK_MAX_METERS + 0.01).contains(&mask),
            "{attack}: {mask}"
        );
        assert!(
            (left - mask).abs() <= tolerance,
            "{attack}: {left} m from home, the mask {mask}"
        );
        assert!(MASK_MIN_METERS - tolerance <= left, "{attack}: {left} m from home");
    }

    async fn is_found(&self, who: &Stranger, area: Value) -> bool {
        let data = self.app.ok(who, FOUND, json!({ "filter": { "area": area } })).await;
        let nodes = data["pets"]["nodes"].as_array().unwrap();
        assert_eq!(data["pets"]["totalCount"], nodes.len());
        nodes.iter().any(|pet| pet["id"] == self.id.as_str())
    }

    /// Some places a few kilometres around what is shown, not on a line.
    fn around(&self, meters: f64) -> Vec<Point> {
        let bearings = [10.0, 100.0, 190.0, 280.0];
        bearings
            .map(|bearing| destination(self.shown, bearing, meters))
            .to_vec()
    }

    /// A report of the stranger's own, and where everybody sees it.
    async fn decoy(&self, true_place: Point) -> (String, Point) {
        let input = lost_with(json!({ "species": "CAT", "location": at(true_place.latitude, true_place.longitude) }));
        let id = report(&self.app, &self.bob, input).await;
        let shown = point(&seen_by(&self.app, &Visitor, &id).await["place"]["coordinates"]);
        (id, shown)
    }
}

/// The same meridian within 180 degrees.
fn turned(longitude: f64) -> f64 {
    (longitude + 540.0).rem_euclid(360.0) - 180.0
}
