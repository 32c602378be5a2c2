//! Lists out of memory and out of the tables.

use serde_json::{Value, json};

use super::{at, lost_with, report};
use crate::support::{TestApp, Visitor};

const LIST: &str =
    "query($filter: PetFilter, $sort: PetSort!, $first: Int, $after: String, $last: Int, $before: String) {
    pets(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
        totalCount edges { cursor node { id name place { label coordinates { latitude longitude } } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

/// Asks the tables, which alone know of reports that are over.
fn of_the_tables(filter: &Value) -> Value {
    let mut filter = filter.clone();
    filter["statuses"] = json!(["OPEN", "MATCHED", "EXPIRED"]);
    filter
}

async fn twenty(app: &TestApp) {
    let ann = app.member("ann").await;
    for index in 0..20 {
        let step = f64::from(index);
        let kind = if index % 3 == 0 { "FOUND" } else { "LOST" };
        let species = if index % 4 == 0 { "CAT" } else { "DOG" };
        let place = at(30.0 + step * 0.05, -97.0 - step * 0.03);
        let input = json!({ "name": format!("Pet {index}"), "kind": kind, "species": species, "location": place,
            "colors": if index % 2 == 0 { json!(["BLACK", "WHITE"]) } else { json!([]) },
            "microchip": if index % 5 == 0 { json!("982000123456789") } else { Value::Null },
            "urgent": index % 7 == 0 });
        report(app, &ann, lost_with(input)).await;
    }
    app.leave_work();
}

#[tokio::test]
async fn every_page_out_of_memory_is_the_page_of_the_tables() {
    let app = TestApp::new().await;
    twenty(&app).await;
    let circle = json!({ "circle": { "center": { "latitude": 30.4, "longitude": -97.2 }, "radius": 30 } });
    let corners = [[30.1, -97.0], [30.6, -97.1], [30.9, -97.8], [30.2, -97.5]];
    let polygon: Vec<Value> = corners
        .iter()
        .map(|[latitude, longitude]| json!({ "latitude": latitude, "longitude": longitude }))
        .collect();
    let filters = [
        json!({}),
        json!({ "kinds": ["LOST"], "species": ["DOG"] }),
        json!({ "colors": ["WHITE"], "urgent": false }),
        json!({ "microchipped": true }),
        json!({ "kinds": [] }),
        json!({ "area": { "bounds": { "south": 30.2, "west": -98, "north": 30.7, "east": -97 } } }),
        json!({ "area": { "polygon": polygon } }),
        json!({ "area": circle, "kinds": ["LOST", "FOUND"] }),
        json!({ "area": { "near": { "query": "78701", "radius": 25 } } }),
    ];
    for filter in filters {
        for sort in ["NEWEST", "NEAREST"] {
            let has_center = filter["area"]["circle"].is_object() || filter["area"]["near"].is_object();
            if sort == "NEAREST" && !has_center {
                continue;
            }
            let (mut after, mut before) = (Value::Null, Value::Null);
            for _ in 0..5 {
                for page in [
                    json!({ "first": 3, "after": after }),
                    json!({ "last": 4, "before": before }),
                ] {
                    let ask = |filter: Value| {
                        let mut variables = page.clone();
                        variables["filter"] = filter;
                        variables["sort"] = json!(sort);
                        app.ok(&Visitor, LIST, variables)
                    };
                    let memory = ask(filter.clone()).await;
                    assert_eq!(memory, ask(of_the_tables(&filter)).await, "{filter} {sort} {page}");
                    let info = &memory["pets"]["pageInfo"];
                    match page.get("first") {
                        Some(_) => after = info["endCursor"].clone(),
                        None => before = info["startCursor"].clone(),
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn whoever_has_written_sees_it_in_the_next_answer() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for count in 1..=5 {
        let id = report(&app, &ann, lost_with(json!({}))).await;
        let data = app.ok(&Visitor, LIST, json!({ "sort": "NEWEST", "first": 1 })).await;
        assert_eq!(data["pets"]["edges"][0]["node"]["id"], json!(id));
        assert_eq!(data["pets"]["totalCount"], count);
    }
    app.leave_work();
}
