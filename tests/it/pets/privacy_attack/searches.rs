//! Searches whose edges move, and orders and distances seen from many sides.

use geometry::{Point, destination, distance_meters};
use serde_json::json;

use super::{
    FOUND, Stranger, Target,
    geometry::{moved, offset, trilaterated, turning_point},
    homes, input, turned,
};

const DISTANCE: &str =
    "query($id: ID!, $from: CoordinatesInput!) { pet(id: $id) { distanceFrom(point: $from, unit: METER) } }";

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
                let corner = |(latitude, east): (f64, f64)| json!({ "latitude": latitude, "longitude": turned(target.shown.longitude + east) });
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
