//! Adoptions: what forbids them, and what becomes of them.

mod asked;
mod blocked;
mod checks;

use std::time::Duration;

use serde_json::{Value, json};

use super::{END, stay_of, taken_in};
use crate::support::{Actor, Answer, TestApp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// From the clock of the tests to the morning of 25 August in Texas.
const UNTIL_25_AUGUST: Duration = Duration::from_secs(85 * 24 * 60 * 60);

const CHECKS: &str = "query($id: ID!) { pet(id: $id) { stay { id version adoptionChecks {
    after dueAt outcome note recordedAt recordedBy stay { id } } events(last: 1) { nodes { kind from to } } } } }";
const DUE: &str = "query($id: ID!) { shelter(id: $id) { adoptionChecksDue(first: 10) {
    totalCount nodes { after dueAt outcome stay { id } } } } }";
const SUCCESS: &str = "query($id: ID!) { shelter(id: $id) { dashboard { adoptionSuccess {
    threeMonths { due kept returned died unknown percent } twelveMonths { due kept returned died unknown percent } } } } }";
const RECORD: &str = "mutation($input: RecordAdoptionCheckInput!) { recordAdoptionCheck(input: $input) {
    stay { id version } userErrors { field code message } } }";

/// An animal that was adopted at that time; the id of its report.
async fn adopted(app: &TestApp, ann: &Actor, shelter: &str, at: &str) -> String {
    let pet = taken_in(app, ann, shelter, "Biscuit").await;
    let stay = stay_of(app, ann, &pet).await["id"].clone();
    let end = json!({ "ids": [stay], "outcome": "ADOPTED", "outcomeAt": at });
    app.ok(ann, END, json!({ "input": end })).await;
    pet
}

/// What is known of the adoption of a report's animal.
async fn checked(app: &TestApp, ann: &Actor, pet: &str) -> Value {
    app.ok(ann, CHECKS, json!({ "id": pet })).await["pet"]["stay"].take()
}

/// What became of it after three and twelve months.
async fn outcomes(app: &TestApp, ann: &Actor, pet: &str) -> [Value; 2] {
    let checks = checked(app, ann, pet).await["adoptionChecks"].take();
    [0usize, 1].map(|number| checks[number]["outcome"].clone())
}

async fn record(app: &TestApp, ann: &Actor, pet: &str, (after, outcome): (&str, &str)) -> Answer {
    let stay = checked(app, ann, pet).await["id"].take();
    let input = json!({ "stayId": stay, "after": after, "outcome": outcome });
    app.run(ann, RECORD, json!({ "input": input })).await
}

async fn due(app: &TestApp, ann: &Actor, shelter: &str) -> Value {
    app.ok(ann, DUE, json!({ "id": shelter })).await["shelter"]["adoptionChecksDue"].take()
}

async fn success(app: &TestApp, ann: &Actor, shelter: &str) -> Value {
    app.ok(ann, SUCCESS, json!({ "id": shelter })).await["shelter"]["dashboard"]["adoptionSuccess"].take()
}
