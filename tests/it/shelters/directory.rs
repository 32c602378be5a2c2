//! Registering, verifying and finding shelters.

use serde_json::json;

use super::{REGISTER, VERIFY, details, register, shelter};
use crate::support::{TestApp, Visitor, codes, user_errors};

const SHELTER: &str = "query($id: ID!) { shelter(id: $id) { name type verified capacity occupancy phone email website
    place { label exact coordinates { latitude } } dashboard { total } imports { totalCount } apiKeys { id } staff { role } } }";
const LIST: &str = "query($filter: ShelterFilter) { shelters(filter: $filter) { totalCount nodes { name } } }";

#[tokio::test]
async fn a_registered_shelter_is_public_and_its_inside_is_not() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;

    let seen = app.ok(&Visitor, SHELTER, json!({ "id": id })).await["shelter"].clone();
    assert_eq!(seen["place"]["label"], "Austin, TX");
    assert_eq!(
        (&seen["verified"], &seen["place"]["exact"], &seen["occupancy"]),
        (&json!(false), &json!(false), &json!(0))
    );
    for inside in ["dashboard", "imports", "apiKeys", "staff"] {
        assert!(seen[inside].is_null(), "{inside}");
    }
    let own = app.ok(&ann, SHELTER, json!({ "id": id })).await["shelter"].clone();
    assert_eq!(own["staff"], json!([{ "role": "ADMIN" }]));
    assert_eq!((&own["dashboard"]["total"], &own["apiKeys"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn what_is_wrong_with_a_shelter_is_named_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let before = app.footprint().await;
    for (field, value, fault) in [
        ("name", json!("  "), "input.name REQUIRED"),
        ("name", json!("n".repeat(121)), "input.name TOO_LONG"),
        ("capacity", json!(100_001), "input.capacity OUT_OF_RANGE"),
        ("phone", json!("+1234567890"), "input.phone INVALID"),
        ("phone", json!("ring the bell"), "input.phone INVALID"),
        ("email", json!("at the door"), "input.email INVALID"),
        ("website", json!("our site"), "input.website INVALID"),
        (
            "location",
            json!({ "address": "nowhere at all" }),
            "input.location INVALID",
        ),
        (
            "location",
            json!({ "point": { "latitude": 91, "longitude": 0 } }),
            "input.location.point.latitude OUT_OF_RANGE",
        ),
    ] {
        let mut input = details();
        input[field] = value;
        let answer = app.run(&ann, REGISTER, json!({ "input": input })).await;
        assert_eq!(user_errors(&answer), [fault]);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_member_registers_five_shelters_an_hour() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..5 {
        register(&app, &ann).await;
    }
    let sixth = app.run(&ann, REGISTER, json!({ "input": details() })).await;
    assert_eq!(codes(&sixth), ["RATE_LIMITED"]);
    assert_eq!(app.count("shelters").await, 5);
}

#[tokio::test]
async fn only_an_admin_verifies_a_shelter_and_once_is_told() {
    let app = TestApp::new().await;
    let (ann, root) = (app.member("ann").await, app.admin("root").await);
    let id = register(&app, &ann).await;

    let refused = app.run(&ann, VERIFY, json!({ "id": id })).await;
    assert_eq!(codes(&refused), ["FORBIDDEN"]);
    assert_eq!(
        codes(&app.run(&Visitor, VERIFY, json!({ "id": id })).await),
        ["UNAUTHENTICATED"]
    );

    for _ in 0..2 {
        let data = app.ok(&root, VERIFY, json!({ "id": id })).await;
        assert_eq!(data["verifyShelter"]["shelter"]["verified"], true);
    }
    app.run_work().await;
    let told = app
        .events()
        .await
        .into_iter()
        .filter(|event| event == "shelter_verified");
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn shelters_are_found_by_place_kind_word_and_verification() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    shelter(&app, &ann).await;
    let mut far = details();
    far["name"] = json!("100% Paws_");
    far["type"] = json!("RESCUE");
    far["location"] = json!({ "postalCode": "98101" });
    app.ok(&ann, REGISTER, json!({ "input": far })).await;

    for (filter, names) in [
        (
            json!({ "area": { "near": { "query": "Austin, TX", "radius": 20 } } }),
            vec!["Sweetwater Animal Haven"],
        ),
        (
            json!({ "area": { "bounds": { "south": 47, "west": -123, "north": 48, "east": -122 } } }),
            vec!["100% Paws_"],
        ),
        (json!({ "types": ["RESCUE"] }), vec!["100% Paws_"]),
        (json!({ "verified": true }), vec!["Sweetwater Animal Haven"]),
        (json!({ "text": "haven AUSTIN" }), vec!["Sweetwater Animal Haven"]),
        (json!({ "text": "100%" }), vec!["100% Paws_"]),
        (json!({ "text": "%" }), vec!["100% Paws_"]),
        (json!({}), vec!["Sweetwater Animal Haven", "100% Paws_"]),
    ] {
        let found = app.ok(&Visitor, LIST, json!({ "filter": filter })).await["shelters"].clone();
        let shown: Vec<_> = found["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["name"].as_str().unwrap())
            .collect();
        assert_eq!(shown, names, "{filter}");
        assert_eq!(found["totalCount"], names.len());
    }
}
