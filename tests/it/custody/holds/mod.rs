//! How long strays are kept for their owners.

mod decisions;
mod reckoning;
mod rules;

use std::time::Duration;

use serde_json::{Value, json};

use super::text;
use crate::{
    matching::{dog, report, with},
    support::{Actor, TestApp, user_errors},
};

const HOLD: &str = "query($id: ID!) { pet(id: $id) { stay { id stage version identifiedAt
    hold { lasts until openEnded rule ownerOnlyUntil rescueReleaseAt extendedUntil extensionReason releasedAt releaseReason
        trace { subject value effect } }
    events(first: 50) { nodes { kind from to recordedBy } } } } }";
const NOTE: &str = "mutation($input: NoteOwnerContactInput!) { noteOwnerContact(input: $input) {
    stay { version hold { until openEnded } } userErrors { field code message } } }";
const RELEASE: &str = "mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) {
    stay { version stage hold { lasts releasedAt releaseReason } } userErrors { field code message } } }";
const EXTEND: &str = "mutation($input: ExtendHoldInput!) { extendHold(input: $input) {
    stay { version hold { lasts until extendedUntil extensionReason } } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { holdDays holdRules { name base { length unit } intakeKinds countsFrom weekend } closedDays closesAt }
    userErrors { field code message } } }";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Early in the morning of Saturday, 30 May in Texas, two days before the clock of the tests.
const INTAKE: &str = "2026-05-30T10:00:00Z";
/// The end of the fifth day after that in Texas.
const FIVE_DAYS: &str = "2026-06-05T05:00:00.000Z";

/// A dog that was found at large; the id of its report.
async fn stray(app: &TestApp, ann: &Actor, shelter: &str, intake_at: &str) -> String {
    came(app, ann, (shelter, intake_at), json!({ "intakeType": "Stray" })).await
}

async fn came(app: &TestApp, ann: &Actor, (shelter, intake_at): (&str, &str), more: Value) -> String {
    let animal = with(dog("SHELTERED", 30.2672, intake_at), json!({ "shelterId": shelter }));
    report(app, ann, with(animal, more)).await
}

async fn stay(app: &TestApp, ann: &Actor, pet: &str) -> Value {
    app.ok(ann, HOLD, json!({ "id": pet })).await["pet"]["stay"].clone()
}

async fn until(app: &TestApp, ann: &Actor, pet: &str) -> Value {
    stay(app, ann, pet).await["hold"]["until"].clone()
}

/// The kinds of events of a stay, with what they were before and after.
fn events(stay: &Value) -> Vec<(String, Value, Value)> {
    let events = stay["events"]["nodes"].as_array().unwrap().iter();
    events
        .map(|event| (text(&event["kind"]), event["from"].clone(), event["to"].clone()))
        .collect()
}

/// Gives the shelter these rules, and does what follows.
async fn give_rules(app: &TestApp, ann: &Actor, shelter: &str, rules: Value) {
    let input = json!({ "id": shelter, "holdRules": rules });
    let done = app.run(ann, UPDATE, json!({ "input": input })).await;
    assert_eq!(user_errors(&done), Vec::<String>::new());
    app.run_work().await;
}

fn days(length: i32) -> Value {
    json!({ "length": length, "unit": "CALENDAR_DAYS" })
}
