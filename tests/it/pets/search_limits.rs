//! What cannot be searched for: one error, with a code and a message that names the field and its limit.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, Visitor, answer, codes};

const PETS: &str =
    "query($filter: PetFilter, $sort: PetSort! = NEWEST, $first: Int, $last: Int, $after: String, $before: String) {
    pets(filter: $filter, sort: $sort, first: $first, last: $last, after: $after, before: $before) { nodes { id } } }";
const MAP: &str = "query($bounds: BoundsInput!, $zoom: Int!) { petMap(bounds: $bounds, zoom: $zoom) { total } }";
const BREEDS: &str = "query($search: String, $first: Int!) { breeds(species: DOG, search: $search, first: $first) }";

const RADIUS: &str = "the radius must be more than 0 and at most 161 kilometers (100 miles)";
const CORNERS: &str = "a polygon needs 3 to 500 different corners";
const CROSSING: &str = "the edges of a polygon must not touch or cross each other";
const LATITUDE: &str = "latitude must be a number from -90 to 90";
const LONGITUDE: &str = "longitude must be a number from -180 to 180";

fn corner(latitude: f64, longitude: f64) -> Value {
    json!({ "latitude": latitude, "longitude": longitude })
}

fn in_area(area: Value) -> Value {
    json!({ "filter": { "area": area } })
}

fn circle(radius: f64, unit: &str) -> Value {
    in_area(json!({ "circle": { "center": corner(30.0, -97.0), "radius": radius, "unit": unit } }))
}

/// Corners on a circle of one degree, in order.
fn ring(corners: u32) -> Vec<Value> {
    let angle = |index: u32| f64::from(index) / f64::from(corners) * std::f64::consts::TAU;
    (0..corners)
        .map(|index| corner(30.0 + angle(index).sin(), -97.0 + angle(index).cos()))
        .collect()
}

/// Refused as the caller's fault, with one error of that message.
fn assert_refused(refused: &Answer, message: &str, case: &impl std::fmt::Display) {
    assert_eq!(codes(refused), ["BAD_USER_INPUT"], "{case}: {}", refused.body);
    let said = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains(message), "{case}: {said}");
    assert!(refused.data().is_null(), "{case}: {}", refused.body);
}

async fn refused_each(query: &str, cases: &[(Value, &str)]) {
    let app = TestApp::new().await;
    for (variables, message) in cases {
        let refused = app.run(&Visitor, query, variables.clone()).await;
        assert_refused(&refused, message, variables);
    }
}

#[tokio::test]
async fn pages_have_a_size_and_a_place() {
    let unknown = "this cursor does not belong to this list";
    refused_each(
        PETS,
        &[
            (json!({ "first": 101 }), "first must be from 0 to 100"),
            (json!({ "first": 10_000 }), "first must be from 0 to 100"),
            (json!({ "first": -1 }), "first must be from 0 to 100"),
            (json!({ "last": 101 }), "last must be from 0 to 100"),
            (json!({ "last": i32::MIN }), "last must be from 0 to 100"),
            (json!({ "first": 1, "last": 1 }), "give first or last, not both"),
            (json!({ "after": "" }), unknown),
            (json!({ "after": "nonsense" }), unknown),
            (json!({ "before": "cGV0cy1uZXdlc3Q" }), unknown),
        ],
    )
    .await;
}

#[tokio::test]
async fn no_number_of_breeds_means_twenty() {
    let app = TestApp::new().await;

    let data = app
        .ok(&Visitor, "{ breeds(species: DOG, first: null) }", json!({}))
        .await;

    assert_eq!(data["breeds"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn a_time_that_ends_before_it_begins_is_refused() {
    let filter = json!({ "seenFrom": "2026-05-02T00:00:00Z", "seenTo": "2026-05-01T23:59:59Z" });
    refused_each(
        PETS,
        &[(
            json!({ "filter": filter }),
            "filter.seenFrom is later than filter.seenTo",
        )],
    )
    .await;
}

/// A page that nobody could pay for is refused before anybody looks at its size.
#[tokio::test]
async fn a_page_of_two_thousand_million_costs_too_much() {
    let app = TestApp::new().await;

    for variables in [json!({ "first": i32::MAX }), json!({ "last": i32::MAX })] {
        let refused = app.run(&Visitor, PETS, variables).await;

        assert_eq!(codes(&refused), ["QUERY_TOO_COMPLEX"]);
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(
            message.ends_with("points of cost exceed the limit of 50000"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn circles_have_a_radius() {
    refused_each(
        PETS,
        &[
            (circle(0.0, "MILE"), RADIUS),
            (circle(-1.0, "METER"), RADIUS),
            (circle(1e9, "METER"), RADIUS),
            (circle(1e308, "MILE"), RADIUS),
            (circle(161.000_1, "KILOMETER"), RADIUS),
            (circle(161_000.1, "METER"), RADIUS),
            (circle(100.05, "MILE"), RADIUS),
            (in_area(json!({ "near": { "query": "78701", "radius": 0 } })), RADIUS),
            (in_area(json!({ "near": { "query": "78701", "radius": 1e9 } })), RADIUS),
            (
                in_area(json!({ "near": { "query": " ", "radius": 1 } })),
                "area.near.query must not be empty",
            ),
            (
                in_area(json!({ "near": { "query": "x".repeat(201), "radius": 1 } })),
                "area.near.query has 201 characters; at most 200 are allowed",
            ),
            (
                in_area(json!({ "circle": { "center": corner(90.01, 0.0), "radius": 1 } })),
                LATITUDE,
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn circles_reach_to_their_limit() {
    let app = TestApp::new().await;

    for area in [circle(161.0, "KILOMETER"), circle(100.0, "MILE"), circle(1e-9, "METER")] {
        app.ok(&Visitor, PETS, area).await;
    }
}

#[tokio::test]
async fn polygons_have_corners_and_no_crossings() {
    let bow = [corner(0.0, 0.0), corner(1.0, 1.0), corner(1.0, 0.0), corner(0.0, 1.0)];
    refused_each(
        PETS,
        &[
            (in_area(json!({ "polygon": [] })), CORNERS),
            (
                in_area(json!({ "polygon": [corner(0.0, 0.0), corner(1.0, 1.0)] })),
                CORNERS,
            ),
            (
                in_area(json!({ "polygon": [corner(0.0, 0.0), corner(1.0, 1.0), corner(0.0, 0.0)] })),
                CORNERS,
            ),
            (in_area(json!({ "polygon": ring(501) })), CORNERS),
            (in_area(json!({ "polygon": ring(2_000) })), CORNERS),
            (in_area(json!({ "polygon": bow })), CROSSING),
            (
                in_area(json!({ "polygon": [corner(0.0, 0.0), corner(1.0, 1.0), corner(2.0, 2.0)] })),
                CROSSING,
            ),
            (
                in_area(json!({ "polygon": [corner(80.0, 0.0), corner(80.0, 120.0), corner(80.0, -120.0)] })),
                "a polygon must not go around a pole",
            ),
            (
                in_area(json!({ "polygon": [corner(0.0, 0.0), corner(0.0, 9_000.5), corner(1.0, 0.0)] })),
                LONGITUDE,
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn polygons_reach_to_their_limit() {
    let app = TestApp::new().await;
    let over_fiji: Vec<Value> = ring(500)
        .into_iter()
        .map(|point| {
            let longitude = point["longitude"].as_f64().unwrap() + 97.0 + 180.0;
            corner(
                point["latitude"].as_f64().unwrap(),
                if 180.0 < longitude {
                    longitude - 360.0
                } else {
                    longitude
                },
            )
        })
        .collect();

    app.ok(&Visitor, PETS, in_area(json!({ "polygon": ring(500) }))).await;
    app.ok(&Visitor, PETS, in_area(json!({ "polygon": over_fiji }))).await;
}

#[tokio::test]
async fn the_map_has_edges_and_zooms() {
    let world = json!({ "south": -90, "west": -180, "north": 90, "east": 180 });
    let with = |field: &str, value: f64| {
        let mut bounds = world.clone();
        bounds[field] = value.into();
        json!({ "bounds": bounds, "zoom": 3 })
    };
    let zoom = "zoom must be from 0 to 22";
    refused_each(
        MAP,
        &[
            (json!({ "bounds": world, "zoom": -1 }), zoom),
            (json!({ "bounds": world, "zoom": 23 }), zoom),
            (json!({ "bounds": world, "zoom": 40 }), zoom),
            (json!({ "bounds": world, "zoom": i32::MAX }), zoom),
            (with("north", 90.5), LATITUDE),
            (with("north", 90.5), "bounds.north"),
            (with("south", -1e300), LATITUDE),
            (
                with("east", 9_000.5),
                "bounds.east: longitude must be a number from -180 to 180: add or take off multiples of 360",
            ),
            (with("west", -9_000.5), "bounds.west: longitude"),
            (
                json!({ "bounds": { "south": 1, "west": 0, "north": 0, "east": 1 }, "zoom": 3 }),
                "south must not lie north of north",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn lists_of_a_filter_and_breeds_have_limits() {
    refused_each(
        PETS,
        &[
            (
                json!({ "filter": { "sizes": vec!["SMALL"; 21] } }),
                "filter.sizes takes at most 20 values",
            ),
            (
                json!({ "filter": { "breed": "x".repeat(101) } }),
                "filter.breed has 101 characters; at most 100 are allowed",
            ),
            (
                json!({ "filter": { "shelterId": "x" } }),
                "filter.shelterId is not the id of a shelter",
            ),
            (
                json!({ "sort": "NEAREST" }),
                "sort: NEAREST needs filter.area.circle or filter.area.near",
            ),
            (json!({ "sort": "RELEVANCE" }), "sort: RELEVANCE needs filter.text"),
            (
                json!({ "sort": "RELEVANCE", "filter": { "text": "  " } }),
                "sort: RELEVANCE needs filter.text",
            ),
        ],
    )
    .await;
    refused_each(
        BREEDS,
        &[
            (json!({ "first": i32::MAX }), "first must be from 0 to 100"),
            (json!({ "first": -1 }), "first must be from 0 to 100"),
            (
                json!({ "first": 1, "search": "x".repeat(101) }),
                "search has at most 100 characters",
            ),
        ],
    )
    .await;
}

/// What no `Value` can hold: the text of a request as it is.
#[tokio::test]
async fn numbers_that_are_none_are_refused() {
    let app = TestApp::new().await;
    let query = serde_json::to_string(PETS).unwrap();
    for number in ["NaN", "1e400", "-1e400", "Infinity", "1e", "0x10"] {
        let center = "{ \"latitude\": 30, \"longitude\": -97 }";
        let area = format!("{{ \"circle\": {{ \"center\": {center}, \"radius\": {number} }} }}");
        let body = format!("{{ \"query\": {query}, \"variables\": {{ \"filter\": {{ \"area\": {area} }} }} }}");
        let request = app
            .request(Method::POST, "/graphql")
            .header("content-type", "application/json");

        let refused = answer(request.body(body)).await;

        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{number}: {}", refused.body);
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("JSON"), "{number}: {message}");
    }
}

#[tokio::test]
async fn numbers_in_the_document_that_are_too_great_are_refused() {
    let app = TestApp::new().await;
    let center = "center: { latitude: 30, longitude: -97 }";
    for number in ["1e400", "-1e400", "1e99999999999"] {
        let query = format!(
            "{{ pets(filter: {{ area: {{ circle: {{ {center}, radius: {number} }} }} }}) {{ nodes {{ id }} }} }}"
        );

        let refused = app.run(&Visitor, &query, json!({})).await;

        assert_eq!(codes(&refused).len(), 1, "{number}: {}", refused.body);
        let code = codes(&refused).remove(0);
        assert!(
            matches!(
                code.as_str(),
                "BAD_USER_INPUT" | "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED"
            ),
            "{number}: {}",
            refused.body
        );
    }
    let literal = "{ pets(first: 2147483648) { nodes { id } } }";
    assert_eq!(
        codes(&app.run(&Visitor, literal, json!({})).await),
        ["GRAPHQL_VALIDATION_FAILED"]
    );
}
