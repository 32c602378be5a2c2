//! Longitudes are numbers on a circle: maps that were turned around the world, and what lies on the seam.

use serde_json::{Value, json};

use super::{at, lost_with, report};
use crate::{
    searches::save,
    support::{TestApp, Visitor, user_errors},
};

const DRAWN: &str = "query($bounds: BoundsInput!, $filter: PetFilter) {
    pets(filter: $filter) { nodes { id } }
    petMap(bounds: $bounds, zoom: 9) { total pets { id } }
    petHeatmap(bounds: $bounds, resolution: 4) { cell count } }";

fn window(south: f64, west: f64, north: f64, east: f64) -> Value {
    json!({ "south": south, "west": west, "north": north, "east": east })
}

async fn drawn(app: &TestApp, bounds: Value) -> Value {
    let filter = json!({ "area": { "bounds": bounds.clone() } });
    app.ok(&Visitor, DRAWN, json!({ "bounds": bounds, "filter": filter }))
        .await
}

/// Animals off Hong Kong and on both sides of the antimeridian.
async fn everywhere(app: &TestApp) {
    let ann = app.member("ann").await;
    for (latitude, longitude) in [
        (20.7, 113.2),
        (20.71, 113.21),
        (20.7, 113.21),
        (-17.0, 179.5),
        (-17.0, -178.0),
    ] {
        report(app, &ann, lost_with(json!({ "location": at(latitude, longitude) }))).await;
    }
    app.leave_work();
}

#[tokio::test]
async fn a_window_after_a_turn_of_the_map_shows_the_same() {
    let app = TestApp::new().await;
    everywhere(&app).await;
    for (bounds, same, shown) in [
        (window(20.0, 472.0, 21.5, 475.0), window(20.0, 112.0, 21.5, 115.0), 3),
        (
            window(-19.0, -185.0, -15.0, -177.0),
            window(-19.0, 175.0, -15.0, -177.0),
            2,
        ),
        (
            window(-85.0, -400.0, 85.0, 400.0),
            window(-85.0, -180.0, 85.0, 180.0),
            5,
        ),
    ] {
        let drawn_there = drawn(&app, bounds.clone()).await;

        assert_eq!(drawn_there, drawn(&app, same).await, "{bounds}");
        assert_eq!(drawn_there["petMap"]["total"], shown, "{bounds}");
        assert_eq!(
            drawn_there["pets"]["nodes"].as_array().unwrap().len(),
            shown,
            "{bounds}"
        );
    }
}

#[tokio::test]
async fn a_polygon_that_goes_on_past_180_holds_the_same() {
    let app = TestApp::new().await;
    everywhere(&app).await;
    let corner = |latitude: f64, longitude: f64| json!({ "latitude": latitude, "longitude": longitude });
    let square = |east: f64| {
        json!({ "area": { "polygon": [
            corner(-17.5, 179.0), corner(-17.5, east), corner(-16.5, east), corner(-16.5, 179.0),
        ] } })
    };
    let query = "query($filter: PetFilter) { pets(filter: $filter) { totalCount } }";
    for east in [182.5, -177.5] {
        let data = app.ok(&Visitor, query, json!({ "filter": square(east) })).await;
        assert_eq!(data["pets"]["totalCount"], 2, "{east}");
    }
    let circle = json!({ "area": { "circle": { "center": corner(20.7, 473.2), "radius": 10 } } });
    let data = app.ok(&Visitor, query, json!({ "filter": circle })).await;
    assert_eq!(data["pets"]["totalCount"], 3);
}

#[tokio::test]
async fn a_report_is_where_somebody_clicked_on_a_turned_map() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;

    let id = report(&app, &ann, lost_with(json!({ "location": at(20.7, 473.2) }))).await;

    let query = "query($id: ID!) { pet(id: $id) { place { coordinates { longitude } } } }";
    let seen = app.ok(&ann, query, json!({ "id": id })).await;
    let longitude = seen["pet"]["place"]["coordinates"]["longitude"].as_f64().unwrap();
    assert!((longitude - 113.2).abs() < 1e-9, "{longitude}");
    app.leave_work();
}

#[tokio::test]
async fn a_search_on_a_turned_map_is_saved() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let filter = |west: f64| json!({ "area": { "bounds": window(20.0, west, 21.5, 475.0) } });

    save(
        &app,
        &ann,
        json!({ "name": "At sea", "notify": "NEVER", "filter": filter(472.0) }),
    )
    .await;

    everywhere(&app).await;
    let saved = "{ viewer { savedSearches { pets { totalCount } } } }";
    let data = app.ok(&ann, saved, json!({})).await;
    assert_eq!(data["viewer"]["savedSearches"][0]["pets"]["totalCount"], 3);
    let create = "mutation($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) { userErrors { field code message } } }";
    let input = json!({ "input": { "name": "Nowhere", "notify": "NEVER", "filter": filter(9_000.5) } });
    let refused = app.run(&ann, create, input).await;
    assert_eq!(user_errors(&refused).len(), 1);
    let said = refused.data()["createSavedSearch"]["userErrors"][0]["message"].to_string();
    assert!(said.contains("area.bounds.west") && said.contains("360"), "{said}");
}

#[tokio::test]
async fn no_heat_cell_on_the_seam_spans_the_world() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (latitude, longitude) in [(-16.8, 179.995), (-16.8, -179.995), (-16.82, 180.0), (-16.82, -180.0)] {
        report(&app, &ann, lost_with(json!({ "location": at(latitude, longitude) }))).await;
    }
    app.leave_work();
    let query = "{ petHeatmap(bounds: {south: -18, west: 179, north: -16, east: -179}, resolution: 5) {
        count center { longitude } boundary { latitude longitude } } }";

    let data = app.ok(&Visitor, query, json!({})).await;

    let cells = data["petHeatmap"].as_array().unwrap();
    assert!(!cells.is_empty());
    for cell in cells {
        let corners = cell["boundary"].as_array().unwrap().iter();
        let longitudes: Vec<f64> = corners.map(|corner| corner["longitude"].as_f64().unwrap()).collect();
        let (west, east) = (
            longitudes.iter().copied().fold(f64::MAX, f64::min),
            longitudes.iter().copied().fold(f64::MIN, f64::max),
        );
        assert!(east - west < 1.0, "{cell}");
        let middle = cell["center"]["longitude"].as_f64().unwrap();
        assert!((west..=east).contains(&middle), "{cell}");
    }
}
