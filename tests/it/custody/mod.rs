//! Animals of shelters, their stays, and the reports that those publish.

mod adoptions;
mod brought;
mod bulk;
mod files;
mod former_data;
mod holds;
mod reports;
mod taking_in;
mod transfers;

use serde_json::{Value, json};

use crate::{
    matching::{dog, report, with},
    shelters::shelter,
    support::{Actor, TestApp},
};

const STAY: &str =
    "query($id: ID!) { pet(id: $id) { status name formerReport { id status } shelterAnimal { id externalId }
    stay { id intakeAt intakeKind intakeType stage kennel outcome outcomeAt version
        animal { id name species microchips currentStay { id }
            stays { totalCount nodes { id intakeAt outcome outcomeAt report { id status } } } }
        events { totalCount nodes { number kind from to happenedAt recordedBy } } } } }";
const CLOSE: &str = "mutation($input: ClosePetInput!) { closePet(input: $input) {
    pet { status } userErrors { field code message } } }";
const CHANGE: &str = "mutation($input: ChangeStaysInput!) { changeStays(input: $input) {
    stays { id stage kennel } userErrors { field code message } } }";
const END: &str = "mutation($input: EndStaysInput!) { endStays(input: $input) {
    stays { id outcome outcomeAt report { status } } userErrors { field code message } } }";
const TAKE_IN: &str = "mutation($input: TakeInAnimalInput!) { takeInAnimal(input: $input) {
    stay { id intakeAt intakeKind report { id status kind name formerReport { id } place { label } } }
    userErrors { field code message } } }";

/// A verified shelter of ann's.
async fn haven() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

/// An animal that the shelter took in on 20 May; the id of its report.
async fn taken_in(app: &TestApp, ann: &Actor, shelter: &str, name: &str) -> String {
    let animal = json!({ "shelterId": shelter, "name": name, "intakeType": "Stray", "microchip": "985112004567894" });
    report(
        app,
        ann,
        with(dog("SHELTERED", 30.2672, "2026-05-20T10:00:00Z"), animal),
    )
    .await
}

/// What its staff sees of a report.
async fn seen(app: &TestApp, ann: &Actor, report: &str) -> Value {
    app.ok(ann, STAY, json!({ "id": report })).await["pet"].clone()
}

/// The stay that publishes a report.
async fn stay_of(app: &TestApp, ann: &Actor, report: &str) -> Value {
    seen(app, ann, report).await["stay"].clone()
}

/// What happened in a stay: kind, from and to.
fn happened(stay: &Value) -> Vec<(String, Value, Value)> {
    let events = stay["events"]["nodes"].as_array().expect("a list");
    let told = |event: &Value| (text(&event["kind"]), event["from"].clone(), event["to"].clone());
    events.iter().map(told).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
