//! The map as a stream of changes.

use serde_json::{Value, json};

use super::{UPDATE, at, lost_with, report};
use crate::support::{LIMIT, Stream, TestApp, Visitor, until};

const CHANGES: &str = "subscription($bounds: BoundsInput!, $filter: PetFilter) {
    petMapChanges(bounds: $bounds, filter: $filter) { id name status description place { exact } } }";
const CLOSE: &str = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { field } } }";

fn austin() -> Value {
    json!({ "south": 30, "west": -98, "north": 31, "east": -97 })
}

/// The next change that is not of a dog of [`opened`]; such a one may come again, as it is by then.
async fn next(stream: &mut Stream) -> Value {
    loop {
        let pet = stream.next().await["petMapChanges"].clone();
        if !pet["name"].as_str().unwrap().starts_with("Decoy") {
            return pet;
        }
    }
}

/// Changes a dog in view until the stream tells of it: from then on it misses nothing.
async fn opened(app: &TestApp, who: &crate::support::Actor, stream: &mut Stream) {
    let id = report(app, who, lost_with(json!({ "name": "Decoy sweetie" }))).await;
    let mut count = 0;
    until(LIMIT, "the stream tells of a change", async || {
        count += 1;
        update(app, who, &id, json!({ "name": format!("Decoy sweetie {count}") })).await;
        stream.poll().await.is_some()
    })
    .await;
}

async fn update(app: &TestApp, who: &crate::support::Actor, id: &str, change: Value) {
    let mut input = change;
    input["id"] = json!(id);
    app.ok(who, UPDATE, json!({ "input": input })).await;
}

#[tokio::test]
async fn reports_that_appear_change_and_close_in_view_are_told_in_order() {
    let app = TestApp::with_workers().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&Visitor).await;
    let mut stream = socket.subscribe(CHANGES, json!({ "bounds": austin() }));
    opened(&app, &ann, &mut stream).await;

    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    let appeared = next(&mut stream).await;
    assert_eq!((&appeared["id"], &appeared["status"]), (&json!(id), &json!("OPEN")));
    assert_eq!(appeared["place"]["exact"], false);

    update(&app, &ann, &id, json!({ "name": "Biscuit" })).await;
    assert_eq!(next(&mut stream).await["name"], "Biscuit");

    app.ok(&ann, CLOSE, json!({ "id": id })).await;
    assert_eq!(next(&mut stream).await["status"], "REUNITED");
}

#[tokio::test]
async fn what_happens_elsewhere_or_does_not_fit_is_not_told() {
    let app = TestApp::with_workers().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&Visitor).await;
    let mut dogs = socket.subscribe(CHANGES, json!({ "bounds": austin(), "filter": { "species": ["DOG"] } }));
    opened(&app, &ann, &mut dogs).await;
    let mut named = socket.subscribe(CHANGES, json!({ "bounds": austin(), "filter": { "text": "sweetie" } }));
    opened(&app, &ann, &mut named).await;

    report(
        &app,
        &ann,
        lost_with(json!({ "name": "Fiji", "location": at(-17.0, 179.9) })),
    )
    .await;
    report(&app, &ann, lost_with(json!({ "name": "Mochi", "species": "CAT" }))).await;
    report(&app, &ann, lost_with(json!({ "name": "Biscuit" }))).await;
    report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;

    assert_eq!(next(&mut dogs).await["name"], "Biscuit");
    assert_eq!(next(&mut dogs).await["name"], "Sweetie");
    assert_eq!(next(&mut named).await["name"], "Sweetie");
}

#[tokio::test]
async fn a_report_that_leaves_the_view_comes_a_last_time() {
    let app = TestApp::with_workers().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    let socket = app.socket(&Visitor).await;
    let mut stream = socket.subscribe(CHANGES, json!({ "bounds": austin() }));
    opened(&app, &ann, &mut stream).await;

    update(&app, &ann, &id, json!({ "location": at(40.0, -80.0) })).await;
    update(&app, &ann, &id, json!({ "name": "Biscuit" })).await;
    report(&app, &ann, lost_with(json!({ "name": "Maple" }))).await;

    let gone = next(&mut stream).await;
    assert_eq!(gone["id"], json!(id));
    let next = next(&mut stream).await;
    assert_eq!(next["name"], "Maple", "what happens to it elsewhere is not told");
}

#[tokio::test]
async fn a_filter_on_statuses_tells_of_reports_that_have_or_had_one_of_them() {
    let app = TestApp::with_workers().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&Visitor).await;
    let filter = json!({ "statuses": ["REUNITED"] });
    let mut reunited = socket.subscribe(CHANGES, json!({ "bounds": austin(), "filter": filter }));
    until(LIMIT, "the stream tells of a reunion", async || {
        let id = report(&app, &ann, lost_with(json!({ "name": "Decoy sweetie" }))).await;
        app.ok(&ann, CLOSE, json!({ "id": id })).await;
        reunited.poll().await.is_some()
    })
    .await;

    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    update(&app, &ann, &id, json!({ "name": "Biscuit" })).await;
    app.ok(&ann, CLOSE, json!({ "id": id })).await;

    let told = next(&mut reunited).await;
    assert_eq!(
        (&told["name"], &told["status"]),
        (&json!("Biscuit"), &json!("REUNITED"))
    );
}

#[tokio::test]
async fn a_change_that_no_pin_shows_is_told_as_well() {
    let app = TestApp::with_workers().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&Visitor).await;
    let mut stream = socket.subscribe(CHANGES, json!({ "bounds": austin() }));
    opened(&app, &ann, &mut stream).await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    assert_eq!(next(&mut stream).await["name"], "Sweetie");

    update(&app, &ann, &id, json!({ "description": "Shy, likes carrots." })).await;

    assert_eq!(next(&mut stream).await["description"], "Shy, likes carrots.");
}
