//! Animals that their finders bring to a shelter.

use serde_json::{Value, json};

use super::{seen, text};
use crate::{
    matching::{dog, report},
    shelters::shelter,
    support::{Actor, TestApp, Visitor, codes, user_errors},
};

const BRING: &str = "mutation($pet: ID!, $shelter: ID!) { transferPet(input: { petId: $pet, shelterId: $shelter }) {
    transfer { id state finder { id } fromShelter { id } } userErrors { field code message } } }";
const ANSWER: &str = "mutation($id: ID!) { answerTransfer(input: { id: $id, accept: true }) {
    transfer { state newAnimal { microchips currentStay { intakeKind report { id } } } }
    userErrors { field code message } } }";
const PLACE: &str = "query($id: ID!) { pet(id: $id) { kind status formerReport { id }
    place { exact coordinates { latitude longitude } } } }";

async fn place(app: &TestApp, who: &impl crate::support::Caller, pet: &str) -> Value {
    app.ok(who, PLACE, json!({ "id": pet })).await["pet"].clone()
}

async fn stage() -> (TestApp, Actor, Actor, String) {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = shelter(&app, &ann).await;
    (app, ann, bob, shelter)
}

#[tokio::test]
async fn a_shelter_that_accepts_what_a_finder_brings_has_it_where_it_was_found() {
    let (app, ann, bob, shelter) = stage().await;
    let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    let before = place(&app, &Visitor, &found).await;

    let bring = json!({ "pet": found, "shelter": shelter });
    let first = app.ok(&bob, BRING, bring.clone()).await["transferPet"]["transfer"].clone();
    let again = app.ok(&bob, BRING, bring).await["transferPet"]["transfer"].clone();
    assert_eq!(first, again, "the same again is the open offer");
    assert_eq!(
        (&first["finder"]["id"], &first["fromShelter"]),
        (&json!(bob.id), &Value::Null)
    );
    app.run_work().await;
    let done = app.ok(&ann, ANSWER, json!({ "id": first["id"] })).await["answerTransfer"].clone();

    let stay = &done["transfer"]["newAnimal"]["currentStay"];
    assert_eq!(stay["intakeKind"], "STRAY");
    let new = text(&stay["report"]["id"]);
    assert_eq!(seen(&app, &bob, &found).await["status"], "TRANSFERRED");
    let public = place(&app, &Visitor, &new).await;
    assert_eq!(
        public,
        json!({ "kind": "SHELTERED", "status": "OPEN", "formerReport": { "id": found }, "place": before["place"] }),
        "the same masked point: a second mask would tell more"
    );
    let exact = place(&app, &ann, &new).await["place"].clone();
    assert_eq!(
        exact,
        json!({ "exact": true, "coordinates": { "latitude": 30.2690, "longitude": -97.7431 } })
    );
    app.run_work().await;
}

#[tokio::test]
async fn only_what_a_member_has_found_is_brought_and_to_one_shelter_at_a_time() {
    let (app, ann, bob, home) = stage().await;
    let cleo = app.member("cleo").await;
    let other = shelter(&app, &cleo).await;
    let bring = async |who: &Actor, pet: &str, to: &str| {
        let answer = app.run(who, BRING, json!({ "pet": pet, "shelter": to })).await;
        [codes(&answer), user_errors(&answer)].concat()
    };
    let sighted = report(&app, &bob, dog("SIGHTED", 30.2690, "2026-05-30T18:00:00Z")).await;
    let found = report(&app, &bob, dog("FOUND", 30.3690, "2026-05-30T18:00:00Z")).await;

    assert_eq!(bring(&bob, &sighted, &home).await, ["input.petId NOT_ALLOWED"]);
    assert_eq!(bring(&ann, &found, &home).await, ["FORBIDDEN"]);
    assert_eq!(bring(&bob, &found, &home).await, Vec::<String>::new());
    assert_eq!(bring(&bob, &found, &other).await, ["input.petId CONFLICT"]);
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { field code } } }";
    app.ok(&bob, close, json!({ "id": found })).await;
    app.run_work().await;
    assert_eq!(
        bring(&bob, &found, &other).await,
        ["input.petId CONFLICT"],
        "it is closed"
    );
    let states: Vec<String> = vec![app.value("SELECT state FROM transfers").await];
    assert_eq!(states, ["withdrawn"]);
}
