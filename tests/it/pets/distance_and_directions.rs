//! How far it is to a report, and how to get there.

use serde_json::{Value, json};

use super::{lost, lost_with, report};
use crate::support::{Actor, TestApp, Visitor, codes};

const LINKS: &str = "query($id: ID!, $from: CoordinatesInput) { pet(id: $id) {
    directionsUrl(from: $from) streetViewUrl place { coordinates { latitude longitude } } } }";
const DISTANCE: &str = "query($id: ID!, $point: CoordinatesInput!) { pet(id: $id) {
    mile: distanceFrom(point: $point) kilometer: distanceFrom(point: $point, unit: KILOMETER)
    meter: distanceFrom(point: $point, unit: METER) } }";

fn text(point: &Value) -> String {
    let degrees = |part: &str| point[part].as_f64().unwrap();
    format!("{:.6}%2C{:.6}", degrees("latitude"), degrees("longitude"))
}

#[tokio::test]
async fn links_lead_to_the_point_that_the_reader_may_know() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;
    let from = json!({ "latitude": 30.5, "longitude": -97.5 });

    let own = app.ok(&ann, LINKS, json!({ "id": id })).await["pet"].clone();
    let public = app.ok(&Visitor, LINKS, json!({ "id": id, "from": from })).await["pet"].clone();

    let directions = "https://www.google.com/maps/dir/?api=1";
    let view = "https://www.google.com/maps/@?api=1&map_action=pano&viewpoint=";
    assert_eq!(
        own["directionsUrl"],
        format!("{directions}&destination=30.267200%2C-97.743100")
    );
    assert_eq!(own["streetViewUrl"], format!("{view}30.267200%2C-97.743100"));
    let masked = text(&public["place"]["coordinates"]);
    assert_eq!(
        public["directionsUrl"],
        format!("{directions}&origin=30.500000%2C-97.500000&destination={masked}")
    );
    assert_eq!(public["streetViewUrl"], format!("{view}{masked}"));
    // Either number alone may be the mask's as well, to the fourth place.
    assert_ne!(masked, "30.267200%2C-97.743100");
    assert!(!public.to_string().contains("30.267200%2C-97.743100"), "{public}");
    app.run_work().await;
}

#[tokio::test]
async fn what_is_not_on_the_map_has_no_links_and_no_distance() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(
        &app,
        &ann,
        lost_with(json!({ "location": { "address": "behind the old mill" } })),
    )
    .await;

    let links = app.ok(&ann, LINKS, json!({ "id": id })).await["pet"].clone();
    let point = json!({ "latitude": 30.5, "longitude": -97.5 });
    let distance = app.ok(&ann, DISTANCE, json!({ "id": id, "point": point })).await["pet"].clone();

    assert_eq!(
        (&links["directionsUrl"], &links["streetViewUrl"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(distance, json!({ "mile": null, "kilometer": null, "meter": null }));
    app.run_work().await;
}

async fn distance(app: &TestApp, who: Option<&Actor>, id: &str, latitude: f64, longitude: f64) -> Value {
    let variables = json!({ "id": id, "point": { "latitude": latitude, "longitude": longitude } });
    let data = match who {
        Some(actor) => app.ok(actor, DISTANCE, variables).await,
        None => app.ok(&Visitor, DISTANCE, variables).await,
    };
    data["pet"].clone()
}

#[tokio::test]
async fn distances_are_those_of_the_public_point_for_everybody() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;
    let public = app.ok(&Visitor, LINKS, json!({ "id": id })).await["pet"]["place"]["coordinates"].clone();
    let [latitude, longitude] = ["latitude", "longitude"].map(|part| public[part].as_f64().unwrap());

    let here = json!({ "mile": 0.0, "kilometer": 0.0, "meter": 0.0 });
    for who in [Some(&ann), None] {
        assert_eq!(distance(&app, who, &id, latitude, longitude).await, here);
        // A hundredth of a degree of latitude: 1,111.95 m.
        let north = distance(&app, who, &id, latitude + 0.01, longitude).await;
        assert_eq!(north, json!({ "mile": 0.7, "kilometer": 1.1, "meter": 1_100.0 }));
    }
    app.run_work().await;
}

#[tokio::test]
async fn distances_and_ways_begin_on_the_globe() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;

    for point in [
        json!({ "latitude": 90.1, "longitude": 0 }),
        json!({ "latitude": 0, "longitude": -5000 }),
    ] {
        let variables = json!({ "id": id, "point": point, "from": point });
        for query in [DISTANCE, LINKS] {
            let refused = app.run(&Visitor, query, variables.clone()).await;
            let codes = codes(&refused);
            assert!(
                !codes.is_empty() && codes.iter().all(|code| code == "BAD_USER_INPUT"),
                "{codes:?}"
            );
        }
    }
    app.run_work().await;
}
