//! The heat map.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{at, lost_with, report};
use crate::support::{TestApp, Visitor, codes};

const HEAT: &str = "query($bounds: BoundsInput!, $resolution: Int, $filter: PetFilter) {
    petHeatmap(bounds: $bounds, resolution: $resolution, filter: $filter) {
        cell count center { latitude longitude } boundary { latitude longitude } } }";

fn texas() -> Value {
    json!({ "south": 25, "west": -107, "north": 37, "east": -93 })
}

async fn heat(app: &TestApp, arguments: Value) -> Vec<Value> {
    let data = app.ok(&Visitor, HEAT, arguments).await;
    data["petHeatmap"].as_array().unwrap().clone()
}

/// So many lost dogs near each other in Austin, and two in Houston.
async fn dogs(app: &TestApp, in_austin: u32) {
    let ann = app.member("ann").await;
    for _ in 0..in_austin {
        report(app, &ann, lost_with(json!({}))).await;
    }
    for _ in 0..2 {
        report(app, &ann, lost_with(json!({ "location": at(29.76, -95.37) }))).await;
    }
    app.leave_work();
}

#[tokio::test]
async fn cells_with_fewer_than_three_reports_are_left_out() {
    let app = TestApp::new().await;
    dogs(&app, 3).await;

    let cells = heat(&app, json!({ "bounds": texas(), "resolution": 4 })).await;

    assert_eq!(cells.len(), 1, "{cells:?}");
    assert_eq!(cells[0]["count"], 3);
    assert!((5..=10).contains(&cells[0]["boundary"].as_array().unwrap().len()));
    assert_eq!(cells[0]["cell"].as_str().unwrap().len(), 15);
}

#[tokio::test]
async fn a_cell_is_counted_whole_whatever_part_of_it_is_in_view() {
    let app = TestApp::new().await;
    dogs(&app, 9).await;
    let whole = heat(&app, json!({ "bounds": texas(), "resolution": 5 })).await;
    let counts: BTreeMap<String, i64> = whole
        .iter()
        .map(|cell| (cell["cell"].to_string(), cell["count"].as_i64().unwrap()))
        .collect();
    assert_eq!(counts.values().sum::<i64>(), 9);

    // Windows that cut through the neighbourhood, as somebody would who looks for a single report.
    for step in 0..20 {
        let edge = -97.75 + f64::from(step) * 0.001;
        let window = json!({ "south": 30.2, "west": -97.9, "north": 30.3, "east": edge });
        for cell in heat(&app, json!({ "bounds": window, "resolution": 5 })).await {
            assert_eq!(counts.get(&cell["cell"].to_string()).copied(), cell["count"].as_i64());
        }
    }
}

#[tokio::test]
async fn a_filter_counts_what_fits_it() {
    let app = TestApp::new().await;
    dogs(&app, 4).await;

    let cats = json!({ "bounds": texas(), "resolution": 3, "filter": { "species": ["CAT"] } });
    assert!(heat(&app, cats).await.is_empty());
    let later = json!({ "bounds": texas(), "resolution": 3, "filter": { "seenFrom": "2026-05-31T00:00:00Z" } });
    assert!(heat(&app, later).await.is_empty());
    let lost = json!({ "bounds": texas(), "filter": { "kinds": ["LOST"] } });
    assert!(!heat(&app, lost).await.is_empty(), "a resolution is chosen");
}

#[tokio::test]
async fn a_resolution_out_of_range_is_refused() {
    let app = TestApp::new().await;
    for resolution in [-1, 10, 2_147_483_647] {
        let refused = app
            .run(&Visitor, HEAT, json!({ "bounds": texas(), "resolution": resolution }))
            .await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"]);
        assert!(
            refused.body["errors"][0]["message"]
                .as_str()
                .unwrap()
                .contains("0 to 9")
        );
    }
}
