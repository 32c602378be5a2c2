//! Sightings.

use futures_util::future::join_all;
use serde_json::json;

use super::{lost, lost_with, report};
use crate::support::{TestApp, Visitor, user_errors};

const ADD: &str = "mutation($input: AddSightingInput!) { addSighting(input: $input) {
    sighting { id place { coordinates { latitude longitude } exact } pet { id } } notice userErrors { field code message } } }";
const TRAIL: &str =
    "query($id: ID!) { pet(id: $id) { sightings { totalCount nodes { id note place { exact label } } } } }";

#[tokio::test]
async fn a_sighting_is_on_the_trail_of_the_pet() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = report(&app, &ann, lost()).await;
    let input = json!({
        "petId": id, "seenAt": "2026-05-31T08:00:00Z", "point": { "latitude": 30.27, "longitude": -97.74 },
        "note": "by the river, 512 555 0142"
    });

    let data = app.ok(&bob, ADD, json!({ "input": input })).await;

    assert_eq!(data["addSighting"]["sighting"]["place"]["exact"], true);
    assert!(data["addSighting"]["notice"].is_string());
    let trail = app.ok(&Visitor, TRAIL, json!({ "id": id })).await["pet"]["sightings"].clone();
    assert_eq!(trail["totalCount"], 1);
    assert_eq!(trail["nodes"][0]["note"], "by the river, [contact hidden]");
    assert_eq!(
        trail["nodes"][0]["place"],
        json!({ "exact": false, "label": "Austin, TX" })
    );
    assert_eq!(app.events().await, ["pet_reported", "sighting_added"]);
    app.run_work().await;
}

#[tokio::test]
async fn only_lost_pets_have_a_trail() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = report(&app, &ann, lost_with(json!({ "kind": "FOUND" }))).await;
    let input = json!({ "petId": id, "seenAt": "2026-05-31T08:00:00Z", "address": "Austin, TX" });

    let refused = app.run(&bob, ADD, json!({ "input": input })).await;

    assert_eq!(user_errors(&refused), ["input.petId NOT_ALLOWED"]);
    assert_eq!(app.count("sightings").await, 0);
    app.run_work().await;
}

#[tokio::test]
async fn no_sighting_comes_after_the_close_however_near_at_once_they_are() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { code } } }";
    for _ in 0..8 {
        let id = report(&app, &ann, lost()).await;
        let before = app.events().await.len();
        let input = json!({ "petId": id, "seenAt": "2026-05-31T08:00:00Z", "address": "Austin, TX" });
        let sightings = (0..4).map(|_| app.run(&bob, ADD, json!({ "input": input })));

        let (_, answers) = tokio::join!(app.ok(&ann, close, json!({ "id": id })), join_all(sightings));

        let refused: Vec<_> = answers.iter().flat_map(user_errors).collect();
        assert!(
            refused.iter().all(|error| error == "input.petId NOT_ALLOWED"),
            "{refused:?}"
        );
        let told = app.events().await.split_off(before);
        let (last, sightings) = told.split_last().unwrap();
        assert_eq!(last, "pet_closed", "{told:?}");
        assert_eq!(sightings.len() + refused.len(), answers.len(), "{told:?}");
    }
    app.leave_work();
}
