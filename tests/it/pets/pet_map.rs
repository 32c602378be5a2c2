//! The map.

use serde_json::{Value, json};

use super::{at, lost_with, report};
use crate::support::{TestApp, Visitor, codes};

const MAP: &str = "query($bounds: BoundsInput!, $zoom: Int!) { petMap(bounds: $bounds, zoom: $zoom) {
    total pets { name } clusters { count counts { kind count } expansionZoom coordinates { latitude longitude } } } }";
const STATS: &str = "{ stats { lost found sheltered reunited shelters } breeds(species: DOG, search: \"beag\") }";

fn world() -> Value {
    json!({ "south": -90, "west": -180, "north": 90, "east": 180 })
}

async fn drawn(app: &TestApp, bounds: Value, zoom: i32) -> Value {
    app.ok(&Visitor, MAP, json!({ "bounds": bounds, "zoom": zoom })).await["petMap"].clone()
}

/// Two dogs in Austin, a kilometre apart, and one in Fiji, on each side of the antimeridian one.
async fn four(app: &TestApp) {
    let ann = app.member("ann").await;
    let dogs = [
        ("Sweetie", "LOST", 30.2672, -97.7431),
        ("Biscuit", "FOUND", 30.2872, -97.7431),
        ("Maple", "LOST", -17.0, 179.9),
        ("Mochi", "LOST", -17.0, -179.9),
    ];
    for (name, kind, latitude, longitude) in dogs {
        let input = json!({ "name": name, "kind": kind, "location": at(latitude, longitude) });
        report(app, &ann, lost_with(input)).await;
    }
    app.leave_work();
}

#[tokio::test]
async fn near_reports_are_a_cluster_and_others_are_pins() {
    let app = TestApp::new().await;
    four(&app).await;

    let map = drawn(&app, world(), 3).await;

    assert_eq!(map["total"], 4);
    assert_eq!(map["pets"], json!([]));
    let clusters = map["clusters"].as_array().unwrap();
    assert_eq!(
        clusters.len(),
        2,
        "those on both sides of the antimeridian are one: {map}"
    );
    let austin = clusters
        .iter()
        .find(|cluster| cluster["counts"].as_array().unwrap().len() == 2);
    let austin = austin.expect("a cluster of two kinds");
    assert_eq!(
        austin["counts"],
        json!([{ "kind": "LOST", "count": 1 }, { "kind": "FOUND", "count": 1 }])
    );
    let opens_at = i32::try_from(austin["expansionZoom"].as_i64().unwrap()).unwrap();
    let austin = json!({ "south": 30, "west": -98, "north": 31, "east": -97 });
    assert_eq!(drawn(&app, austin, opens_at).await["pets"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_viewport_over_the_antimeridian_shows_both_sides() {
    let app = TestApp::new().await;
    four(&app).await;

    let map = drawn(
        &app,
        json!({ "south": -20, "west": 179, "north": -10, "east": -179 }),
        9,
    )
    .await;

    assert_eq!((&map["total"], &map["clusters"]), (&json!(2), &json!([])));
}

#[tokio::test]
async fn deep_zooms_show_pins_only() {
    let app = TestApp::new().await;
    four(&app).await;

    let map = drawn(&app, world(), 22).await;

    assert_eq!(map["pets"].as_array().unwrap().len(), 4);
    assert_eq!((&map["total"], &map["clusters"]), (&json!(4), &json!([])));
}

#[tokio::test]
async fn a_zoom_beyond_the_deepest_is_refused() {
    let app = TestApp::new().await;

    let refused = app.run(&Visitor, MAP, json!({ "bounds": world(), "zoom": 23 })).await;

    assert_eq!(codes(&refused), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn the_front_page_counts_what_is_open() {
    let app = TestApp::new().await;
    four(&app).await;

    let data = app.ok(&Visitor, STATS, json!({})).await;

    assert_eq!(
        data["stats"],
        json!({ "lost": 3, "found": 1, "sheltered": 0, "reunited": 0, "shelters": 0 })
    );
    assert_eq!(data["breeds"][0], "Beagle");
}
