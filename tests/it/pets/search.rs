//! Searching for reports.

use serde_json::{Value, json};

use super::{at, lost_with, report};
use crate::support::{Actor, TestApp, Visitor, codes};

const PETS: &str = "query($filter: PetFilter, $sort: PetSort! = NEWEST, $first: Int, $after: String) {
    pets(filter: $filter, sort: $sort, first: $first, after: $after) {
        totalCount nodes { name } pageInfo { hasNextPage endCursor } } }";

async fn names(app: &TestApp, variables: Value) -> Vec<String> {
    let data = app.ok(&Visitor, PETS, variables).await;
    let nodes = data["pets"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|pet| pet["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Three dogs: in the middle of Austin, 11 km and 55 km north of it.
async fn three(app: &TestApp) -> Actor {
    let ann = app.member("ann").await;
    let dogs = [
        ("Sweetie", 30.2672, "beagle"),
        ("Biscuit", 30.3672, "boxer"),
        ("Maple", 30.7672, "beagle"),
    ];
    for (name, latitude, breed) in dogs {
        let input = json!({ "name": name, "location": at(latitude, -97.7431), "breed": { "primary": breed } });
        report(app, &ann, lost_with(input)).await;
    }
    app.leave_work();
    ann
}

#[tokio::test]
async fn areas_hold_what_lies_in_them() {
    let app = TestApp::new().await;
    three(&app).await;
    let corner = |latitude: f64, longitude: f64| json!({ "latitude": latitude, "longitude": longitude });
    let areas = [
        (
            json!({ "bounds": { "south": 30.2, "west": -97.8, "north": 30.3, "east": -97.7 } }),
            vec!["Sweetie"],
        ),
        (
            json!({ "circle": { "center": corner(30.2672, -97.7431), "radius": 15, "unit": "KILOMETER" } }),
            vec!["Biscuit", "Sweetie"],
        ),
        (
            json!({ "near": { "query": "Austin, TX", "radius": 100 } }),
            vec!["Maple", "Biscuit", "Sweetie"],
        ),
        (
            json!({ "polygon": [corner(30.3, -97.8), corner(30.3, -97.7), corner(30.9, -97.7), corner(30.9, -97.8)] }),
            vec!["Maple", "Biscuit"],
        ),
        (
            json!({ "polygon": [corner(30.2, -97.8), corner(30.2, -97.7), corner(30.21, -97.7)] }),
            vec![],
        ),
        (
            json!({ "bounds": { "south": -10, "west": 170, "north": 10, "east": -170 } }),
            vec![],
        ),
    ];

    for (area, expected) in areas {
        assert_eq!(
            names(&app, json!({ "filter": { "area": area } })).await,
            expected,
            "{area}"
        );
    }
}

#[tokio::test]
async fn lists_are_paged_without_gaps_in_every_order() {
    let app = TestApp::new().await;
    three(&app).await;
    let by_distance = json!({ "area": { "near": { "query": "78701", "radius": 100 } } });
    let orders = [
        (json!({}), "NEWEST", vec!["Maple", "Biscuit", "Sweetie"]),
        (by_distance, "NEAREST", vec!["Sweetie", "Biscuit", "Maple"]),
        (
            json!({ "text": "tx" }),
            "RELEVANCE",
            vec!["Maple", "Biscuit", "Sweetie"],
        ),
    ];

    for (filter, sort, expected) in orders {
        let mut found = Vec::new();
        let mut after = Value::Null;
        for _ in 0..3 {
            let variables = json!({ "filter": filter, "sort": sort, "first": 1, "after": after });
            let page = app.ok(&Visitor, PETS, variables).await["pets"].clone();
            found.push(page["nodes"][0]["name"].as_str().unwrap().to_owned());
            after = page["pageInfo"]["endCursor"].clone();
            assert_eq!(page["totalCount"], 3);
            assert_eq!(page["pageInfo"]["hasNextPage"], found.len() < 3);
        }
        assert_eq!(found, expected, "{sort}");
    }
}

#[tokio::test]
async fn a_name_is_more_relevant_than_a_breed() {
    let app = TestApp::new().await;
    let ann = three(&app).await;
    report(
        &app,
        &ann,
        lost_with(json!({ "name": "Beagle", "location": at(30.3, -97.7) })),
    )
    .await;
    report(
        &app,
        &ann,
        lost_with(json!({ "name": "Beagles friend", "location": at(30.3, -97.7) })),
    )
    .await;

    let found = names(&app, json!({ "filter": { "text": "BEAGLE" }, "sort": "RELEVANCE" })).await;

    assert_eq!(found, ["Beagle", "Beagles friend", "Maple", "Sweetie"]);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let app = TestApp::new().await;
    three(&app).await;
    let filters = [
        (json!({ "breed": "Beagel" }), vec!["Maple", "Sweetie"]),
        (json!({ "kinds": ["FOUND"] }), vec![]),
        (json!({ "species": ["DOG", "CAT"], "text": "swee" }), vec!["Sweetie"]),
        (json!({ "text": "100%" }), vec![]),
        (json!({ "text": "' OR 1=1 --" }), vec![]),
        (json!({ "colors": ["BLACK"] }), vec![]),
        (json!({ "statuses": ["REUNITED"] }), vec![]),
        (json!({ "seenFrom": "2026-05-31T00:00:00Z" }), vec![]),
        (json!({ "kinds": [] }), vec![]),
    ];

    for (filter, expected) in filters {
        assert_eq!(names(&app, json!({ "filter": filter })).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let app = TestApp::new().await;
    let wrong = [
        json!({ "sort": "NEAREST" }),
        json!({ "sort": "RELEVANCE" }),
        json!({ "first": 101 }),
        json!({ "after": "nonsense" }),
        json!({ "filter": { "area": { "circle": { "center": { "latitude": 0, "longitude": 0 }, "radius": 101 } } } }),
        json!({ "filter": { "area": { "near": { "query": "Nowhere at all", "radius": 10 } } } }),
        json!({ "filter": { "area": { "bounds": { "south": 10, "west": 0, "north": 0, "east": 0 } } } }),
        json!({ "filter": { "text": "a b c d e f g h i j k" } }),
        json!({ "filter": { "kinds": vec!["LOST"; 21] } }),
    ];

    for variables in wrong {
        let refused = app.run(&Visitor, PETS, variables.clone()).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{variables}");
    }
}

#[tokio::test]
async fn a_visitor_gets_the_same_list_by_the_short_way_and_by_the_long_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (name, latitude) in [("Sweetie", 30.26), ("Biscuit", 30.27), ("Maple", 30.28)] {
        let input = crate::matching::with(
            crate::matching::dog("LOST", latitude, "2026-05-30T10:00:00Z"),
            json!({ "name": name }),
        );
        crate::matching::report(&app, &ann, input).await;
    }
    let plain = "__typename nodes { __typename ...card } edges { cursor node { id seenAt } } pageInfo { hasNextPage endCursor }";
    let card = "fragment card on Pet { id kind status urgent species name sex size ageGroup seenAt
        place { label exact coordinates { latitude longitude } } }";
    // A directive takes the long way.
    let short = format!("{{ pets(first: 2) {{ {plain} }} }} {card}");
    let long = format!("{{ pets(first: 2) {{ {plain} totalCount @skip(if: true) }} }} {card}");
    let (short, long) = (
        app.ok(&Visitor, &short, json!({})).await,
        app.ok(&Visitor, &long, json!({})).await,
    );
    assert_eq!(short, long);
    assert_eq!(short["pets"]["nodes"][0]["name"], "Maple");
    assert_eq!(short["pets"]["pageInfo"]["hasNextPage"], true);
    app.run_work().await;
}
