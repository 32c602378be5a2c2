//! A stranger tries to find the home of whoever made a report.
//!
//! All that the stranger has is the API: answers by the hundred, searches whose edges can be moved, orders, clusters,
//! distances, and reports of their own around the place. Each attack computes its best estimate, and that must be the
//! masked point that everybody is shown anyway: to the metre, so the attack is a good one, and as far from the home as
//! the mask is.

mod geometry;

use finding_sweetie::kernel::geo::{MASK_MAX_METERS, MASK_MIN_METERS, Point, destination, distance_meters};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use self::geometry::{average, moved, offset, trilaterated, turning_point};
use super::{UPDATE, at, lost_with, report, seen_by};
use crate::support::{Actor, Caller, TestApp, Visitor};

const FOUND: &str =
    "query($filter: PetFilter, $sort: PetSort! = NEWEST) { pets(filter: $filter, sort: $sort, first: 100) {
    totalCount nodes { id place { coordinates { latitude longitude } } } } }";
const MAP: &str = "query($bounds: BoundsInput!, $zoom: Int!) { petMap(bounds: $bounds, zoom: $zoom) {
    pets { id place { coordinates { latitude longitude } } }
    clusters { count coordinates { latitude longitude } } } }";
const DISTANCE: &str =
    "query($id: ID!, $from: CoordinatesInput!) { pet(id: $id) { distanceFrom(point: $from, unit: METER) } }";
const PLACE: &str =
    "query($id: ID!) { node(id: $id) { ... on Pet { place { coordinates { latitude longitude } exact address } } } }";

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

#[tokio::test]
async fn asking_two_hundred_times_gives_one_point() {
    for home in homes() {
        let target = Target::at(home).await;
        let bounds = json!({ "south": -90, "west": -180, "north": 90, "east": 180 });
        for who in target.strangers() {
            let mut seen = Vec::new();
            for time in 0..200 {
                let answer = match time % 4 {
                    0 => target.app.ok(&who, FOUND, json!({})).await["pets"]["nodes"][0].clone(),
                    1 => target.app.ok(&who, PLACE, json!({ "id": target.id })).await["node"].clone(),
                    _ => {
                        let variables = json!({ "bounds": bounds, "zoom": time % 23 });
                        target.app.ok(&who, MAP, variables).await["petMap"]["pets"][0].clone()
                    }
                };
                assert_ne!(answer["place"]["exact"], true);
                assert!(answer["place"]["address"].is_null());
                seen.push(point(&answer["place"]["coordinates"]));
            }
            target.assert_only_the_mask("averaging", average(&seen), 0.01);
        }
    }
}

#[tokio::test]
async fn the_page_that_is_shared_tells_no_coordinates() {
    let target = Target::at(homes()[0]).await;
    let page = target.app.get(&format!("/p/{}", target.id)).await.text().await.unwrap();

    assert!(page.contains("Austin, TX"), "{page}");
    for place in [target.home, target.shown] {
        for degrees in [place.latitude, place.longitude] {
            assert!(!page.contains(&format!("{:.2}", degrees.abs())), "{degrees} in {page}");
        }
    }
}

#[tokio::test]
async fn circles_that_shrink_from_several_centres_meet_in_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        for who in target.strangers() {
            let mut circles = Vec::new();
            for center in target.around(3_000.0) {
                let radius = turning_point(1.0, 10_000.0, async |radius| {
                    let circle = json!({ "center": input(center), "radius": radius, "unit": "METER" });
                    target.is_found(&who, json!({ "circle": circle })).await
                });
                circles.push((center, radius.await));
            }
            target.assert_only_the_mask("trilateration", trilaterated(circles[0].0, &circles), 1.0);
        }
    }
}

#[tokio::test]
async fn edges_of_a_box_close_in_on_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        for who in target.strangers() {
            let (south, north) = (target.shown.latitude - 1.0, target.shown.latitude + 1.0);
            let latitude = turning_point(south, north, async |edge| {
                let bounds = json!({ "south": edge, "west": -180, "north": 90, "east": 180 });
                target.is_found(&who, json!({ "bounds": bounds })).await
            });
            let longitude = turning_point(-180.0, 180.0, async |edge| {
                let bounds = json!({ "south": -90, "west": edge, "north": 90, "east": 180 });
                target.is_found(&who, json!({ "bounds": bounds })).await
            });
            let estimate = Point::new(latitude.await, longitude.await).unwrap();
            target.assert_only_the_mask("bisecting bounds", estimate, 1.0);

            let across = turning_point(-0.5, 0.5, async |shift| {
                let (low, high) = (target.shown.latitude - 2.0, target.shown.latitude + shift);
                let drawn = [(low, -1.0), (low, 1.0), (high, 1.0), (high, -1.0)];
                let corner = |(latitude, east): (f64, f64)| {
                    let longitude = target.shown.longitude + east;
                    let turn = if 180.0 < longitude {
                        360.0
                    } else if longitude < -180.0 {
                        -360.0
                    } else {
                        0.0
                    };
                    json!({ "latitude": latitude, "longitude": longitude - turn })
                };
                target.is_found(&who, json!({ "polygon": drawn.map(corner) })).await
            });
            let estimate = Point::new(target.shown.latitude + across.await, target.shown.longitude).unwrap();
            target.assert_only_the_mask("bisecting a polygon", estimate, 1.0);
        }
    }
}

/// Which of two is nearer to a point turns on the line in the middle between them; a point of that line is as far from
/// the target as from the stranger's own report, whose distance is known.
#[tokio::test]
async fn the_order_among_decoys_places_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        let mut decoys = Vec::new();
        for place in target.around(1_200.0) {
            decoys.push(target.decoy(place).await);
        }
        for who in target.strangers() {
            let mut circles = Vec::new();
            for (decoy, place) in &decoys {
                for sideways in [-900.0, 900.0] {
                    let (east, north) = offset(target.shown, *place);
                    let side = moved(target.shown, (-north * sideways / 1_200.0, east * sideways / 1_200.0));
                    let on_the_way = |part: f64| moved(side, (east * part, north * part));
                    let part = turning_point(-1.0, 2.0, async |part| {
                        comes_before(&target, &who, on_the_way(part), decoy).await
                    });
                    let middle = on_the_way(part.await);
                    circles.push((middle, distance_meters(middle, *place)));
                }
            }
            let guess = moved(target.shown, (300.0, 300.0));
            target.assert_only_the_mask("order", trilaterated(guess, &circles), 2.0);
        }
    }
}

async fn comes_before(target: &Target, who: &Stranger, center: Point, decoy: &str) -> bool {
    let circle = json!({ "center": input(center), "radius": 50, "unit": "KILOMETER" });
    let variables = json!({ "filter": { "area": { "circle": circle } }, "sort": "NEAREST" });
    let data = target.app.ok(who, FOUND, variables).await;
    let nodes = data["pets"]["nodes"].as_array().unwrap();
    let place = |id: &str| nodes.iter().position(|pet| pet["id"] == id).unwrap();
    place(&target.id) < place(decoy)
}

/// The sum of all clusters and pins, less the stranger's own reports, is the target, however the clusters part.
#[tokio::test]
async fn clusters_that_part_around_decoys_hold_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        let mut chance = StdRng::seed_from_u64(5);
        let (mut decoys, mut estimates) = (Vec::new(), Vec::new());
        for _ in 0..8 {
            let bearing = chance.random_range(0.0..360.0);
            let near = destination(target.shown, bearing, chance.random_range(50.0..1_500.0));
            decoys.push(target.decoy(near).await);
            for who in target.strangers() {
                for zoom in [2, 8, 10, 12, 13, 14, 15, 16, 18] {
                    estimates.push(sum_without(&target, &who, zoom, &decoys).await);
                }
            }
        }
        for estimate in &estimates {
            target.assert_only_the_mask("one cluster", *estimate, 40.0);
        }
        target.assert_only_the_mask("clusters", average(&estimates), 10.0);
    }
}

/// Where the target is if everything that is drawn is the stranger's own but one. Own pins stand at their true places for
/// a member, so they are left out, and what is left of the own reports is in clusters.
async fn sum_without(target: &Target, who: &Stranger, zoom: i32, decoys: &[(String, Point)]) -> Point {
    let world = json!({ "south": -85, "west": -180, "north": 85, "east": 180 });
    let data = target.app.ok(who, MAP, json!({ "bounds": world, "zoom": zoom })).await;
    let pins = data["petMap"]["pets"].as_array().unwrap();
    let clusters = data["petMap"]["clusters"].as_array().unwrap();
    let is_pin = |id: &str| pins.iter().any(|pin| pin["id"] == id);
    let of_target = pins.iter().filter(|pin| pin["id"] == target.id.as_str());
    let drawn = clusters
        .iter()
        .map(|cluster| (cluster["count"].as_f64().unwrap(), point(&cluster["coordinates"])));
    let drawn = drawn.chain(of_target.map(|pin| (1.0, point(&pin["place"]["coordinates"]))));
    let own = decoys
        .iter()
        .filter(|(id, _)| !is_pin(id))
        .map(|(_, place)| (-1.0, *place));
    let parts: Vec<(f64, Point)> = drawn.chain(own).collect();
    assert_eq!(parts.iter().map(|(weight, _)| weight).sum::<f64>(), 1.0, "zoom {zoom}");
    let sum = parts.iter().fold((0.0, 0.0), |(east, north), (weight, place)| {
        let (x, y) = offset(target.shown, *place);
        (east + weight * x, north + weight * y)
    });
    moved(target.shown, sum)
}

/// A rounded distance turns where the true one crosses the middle between two steps.
#[tokio::test]
async fn rounded_distances_from_many_points_meet_in_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        for who in target.strangers() {
            let mut circles = Vec::new();
            for bearing in [0.0, 60.0, 135.0, 200.0, 290.0] {
                let on_the_way = |meters: f64| destination(moved(target.shown, (120.0, -80.0)), bearing, meters);
                let meters = turning_point(500.0, 3_000.0, async |meters| {
                    let variables = json!({ "id": target.id, "from": input(on_the_way(meters)) });
                    let told = target.app.ok(&who, DISTANCE, variables).await;
                    told["pet"]["distanceFrom"].as_f64().unwrap() < 1_450.0
                });
                circles.push((on_the_way(meters.await), 1_450.0));
            }
            let guess = moved(target.shown, (300.0, 300.0));
            target.assert_only_the_mask("rounded distances", trilaterated(guess, &circles), 1.0);
        }
    }
}

/// The reporter corrects the place again and again, and once was somewhere else; the stranger notes every public point.
#[tokio::test]
async fn corrections_of_the_place_draw_no_second_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        let mut chance = StdRng::seed_from_u64(17);
        let (mut seen, mut seen_elsewhere) = (Vec::new(), Vec::new());
        let mut places: Vec<Point> = (0..30)
            .map(|_| destination(home, chance.random_range(0.0..360.0), chance.random_range(0.0..60.0)))
            .collect();
        places.extend([
            destination(home, 40.0, 2_500.0),
            home,
            destination(home, 220.0, 1_700.0),
            home,
        ]);
        for place in places {
            let change = json!({ "input": { "id": target.id, "location": at(place.latitude, place.longitude) } });
            target.app.ok(&target.ann, UPDATE, change).await;
            let shown = point(&seen_by(&target.app, &Visitor, &target.id).await["place"]["coordinates"]);
            let is_home = distance_meters(place, home) < 100.0;
            if is_home { &mut seen } else { &mut seen_elsewhere }.push(shown);
        }

        assert_eq!((seen.len(), seen_elsewhere.len()), (32, 2));
        target.assert_only_the_mask("corrections", average(&seen), 0.01);
        assert!(
            seen_elsewhere
                .iter()
                .all(|place| MASK_MIN_METERS <= distance_meters(*place, home))
        );
    }
}
