//! What is told, to whom, and how often.

use finding_sweetie::{
    domain::webhooks::{deliver, queue_deliveries},
    events::{CustodyEvent, Event},
    work::relay,
};
use serde_json::{Value, json};

use super::{CREATE, Stage, text};
use crate::{
    matching::{dog, matches, report},
    shelters::{self, dogs, import},
};

const STAY: &str = "query($id: ID!) { pet(id: $id) { stay { id animal { id } } } }";
const END: &str = "mutation($id: ID!) { endStays(input: { ids: [$id], outcome: RETURNED_TO_OWNER }) {
    stays { id } userErrors { field code message } } }";
const CHANGE: &str = "mutation($ids: [ID!]!) { changeStays(input: { ids: $ids, stage: FOSTER, kennel: \"Ward 2\" }) {
    stays { id } userErrors { field code message } } }";
const CONFIRM: &str =
    "mutation($id: ID!) { confirmMatch(input: { id: $id }) { match { state } userErrors { field code message } } }";
const CLAIM: &str =
    "mutation($id: ID!) { openClaim(input: { matchId: $id }) { claim { id } userErrors { field code message } } }";

/// The stay of a report and its animal.
async fn stay(stage: &Stage, pet: &str) -> (String, String) {
    let data = stage.app.ok(&stage.ann, STAY, json!({ "id": pet })).await;
    let stay = &data["pet"]["stay"];
    (text(&stay["id"]), text(&stay["animal"]["id"]))
}

#[tokio::test]
async fn a_life_in_the_shelter_is_told_with_ids_alone() {
    let stage = Stage::set().await;
    let hook = stage
        .webhook(&["ANIMAL_TAKEN_IN", "ANIMAL_CHANGED", "ANIMAL_LEFT"])
        .await;
    let pet = stage.taken_in().await;
    stage.app.run_work().await;
    let (stay, animal) = stay(&stage, &pet).await;

    let told = stage.receiver.only();
    let body = told.json();
    assert_eq!(told.header("sweetie-event"), "animal.taken_in");
    assert_eq!(told.header("sweetie-delivery"), text(&body["id"]));
    assert_eq!(told.header("content-type"), "application/json");
    assert_eq!(
        body,
        json!({
            "id": body["id"], "type": "animal.taken_in", "createdAt": "2026-06-01T12:00:00.000Z",
            "shelterId": stage.shelter, "webhookId": hook.id,
            "subjects": [{ "type": "Stay", "id": stay, "animalId": animal, "petId": pet }],
            "fetch": {
                "url": format!("{}/graphql", stage.app.url),
                "query": "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
                "variables": { "ids": [stay] },
            },
        })
    );

    stage.app.ok(&stage.ann, CHANGE, json!({ "ids": [stay] })).await;
    stage.app.run_work().await;
    stage.app.ok(&stage.ann, END, json!({ "id": stay })).await;
    stage.app.run_work().await;
    assert_eq!(
        stage.receiver.events(),
        ["animal.taken_in", "animal.changed", "animal.left"]
    );
    let all: String = stage.receiver.received().iter().map(|told| told.body.clone()).collect();
    for private in ["985112004567894", "left ear", "Biscuit", "Ward 2", "30.2672"] {
        assert!(!all.contains(private), "{private} is nobody's business: {all}");
    }
}

#[tokio::test]
async fn what_a_delivery_names_is_fetched_with_the_request_that_it_holds() {
    let stage = Stage::set().await;
    stage.webhook(&["ANIMAL_TAKEN_IN"]).await;
    stage.taken_in().await;
    stage.app.run_work().await;
    let fetch = stage.receiver.only().json()["fetch"].take();

    let data = stage
        .app
        .ok(&stage.ann, fetch["query"].as_str().unwrap(), fetch["variables"].clone())
        .await;

    assert_eq!(
        data["nodes"],
        json!([{ "__typename": "Stay", "id": fetch["variables"]["ids"][0] }])
    );
}

#[tokio::test]
async fn an_event_is_delivered_once_although_its_job_runs_twice() {
    let stage = Stage::set().await;
    let pet = stage.taken_in().await;
    stage.app.run_work().await;
    stage.webhook(&["ANIMAL_LEFT"]).await;
    let (stay, _) = stay(&stage, &pet).await;
    let fact = Event::from(CustodyEvent::AnimalsLeft {
        shelter_id: stage.shelter.parse().unwrap(),
        stay_ids: vec![stay.parse().unwrap()],
    });
    let job = "job_01h455vb4pex5vsknk084sn02q".parse().unwrap();

    for _ in 0..2 {
        queue_deliveries(&stage.app.deps, job, &fact).await.unwrap();
        stage.app.run_work().await;
    }

    assert_eq!(stage.receiver.events(), ["animal.left"]);
    assert_eq!(stage.app.count("webhook_deliveries").await, 1);
}

#[tokio::test]
async fn two_workers_post_a_delivery_once() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    let id = stage.ping(&hook).await.parse().unwrap();

    let (first, second) = tokio::join!(deliver(&stage.app.deps, id), deliver(&stage.app.deps, id));

    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    stage.receiver.only();
    stage.app.run_work().await;
    stage.receiver.only();
}

#[tokio::test]
async fn an_import_is_told_in_few_deliveries() {
    let stage = Stage::set().await;
    stage.webhook(&["ANIMAL_TAKEN_IN", "IMPORT_FINISHED"]).await;

    import(&stage.app, &stage.ann, &stage.shelter, &dogs(1, 10), json!({})).await;

    let told: Vec<Value> = stage.receiver.received().iter().map(|told| told.json()).collect();
    let of = |event: &str| told.iter().filter(|body| body["type"] == event).collect::<Vec<_>>();
    let (animals, finished) = (of("animal.taken_in"), of("import.finished"));
    assert_eq!((animals.len(), finished.len()), (1, 1), "{told:#?}");
    assert_eq!(animals[0]["subjects"].as_array().unwrap().len(), 10);
    assert_eq!(finished[0]["subjects"][0]["type"], "Import");
}

#[tokio::test]
async fn many_animals_that_change_at_once_are_one_delivery() {
    let stage = Stage::set().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let pet = stage.taken_in().await;
        ids.push(stay(&stage, &pet).await.0);
    }
    stage.app.run_work().await;
    stage.webhook(&["ANIMAL_CHANGED"]).await;

    stage.app.ok(&stage.ann, CHANGE, json!({ "ids": ids })).await;
    stage.app.run_work().await;

    ids.sort();
    let body = stage.receiver.only().json();
    let told: Vec<&str> = body["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|subject| subject["id"].as_str().unwrap())
        .collect();
    assert_eq!(told, ids);
}

#[tokio::test]
async fn matches_and_claims_are_told_with_the_shelters_own_report_alone() {
    let stage = Stage::set().await;
    let bob = stage.app.member("bob").await;
    stage.webhook(&["MATCH_FOUND", "MATCH_CONFIRMED", "CLAIM_OPENED"]).await;
    let lost = report(&stage.app, &bob, dog("LOST", 30.2690, "2026-05-30T10:00:00Z")).await;
    let own = stage.taken_in().await;
    stage.app.run_work().await;
    let found = matches(&stage.app, &bob).await[0]["id"].clone();
    stage.app.ok(&bob, CLAIM, json!({ "id": found })).await;
    stage.app.run_work().await;
    for who in [&bob, &stage.ann] {
        stage.app.ok(who, CONFIRM, json!({ "id": found })).await;
        stage.app.run_work().await;
    }

    let events = stage.receiver.events();
    assert_eq!(
        events,
        ["match.found", "match.confirmed", "claim.opened"],
        "who claims has confirmed, and what both sides confirm is told once"
    );
    for told in stage.receiver.received() {
        assert_eq!(told.json()["subjects"][0]["petId"], own.as_str());
        assert!(!told.body.contains(&lost), "{}", told.body);
    }
}

#[tokio::test]
async fn only_what_was_chosen_is_told_and_only_to_the_shelter_of_the_animal() {
    let stage = Stage::set().await;
    let bob = stage.app.member("bob").await;
    let other = shelters::shelter(&stage.app, &bob).await;
    stage.webhook(&["ANIMAL_LEFT"]).await;
    let input = json!({ "shelterId": other, "url": stage.receiver.url, "events": ["ANIMAL_TAKEN_IN"] });
    stage.app.ok(&bob, CREATE, json!({ "input": input })).await;

    stage.taken_in().await;
    stage.app.run_work().await;

    assert_eq!(stage.receiver.events(), Vec::<String>::new());
    assert_eq!(stage.app.count("webhook_deliveries").await, 0);
}

#[tokio::test]
async fn animals_of_a_shelter_without_webhooks_are_no_work() {
    let stage = Stage::set().await;
    let pet = stage.taken_in().await;
    while relay::step(&stage.app.deps).await.unwrap() {}
    let telling = "SELECT COUNT(*) FROM jobs WHERE kind = 'tell_webhooks'";
    let queued: i64 = stage.app.value(telling).await;
    assert_eq!(queued, 0);

    stage.webhook(&["ANIMAL_LEFT"]).await;
    let (stay, _) = stay(&stage, &pet).await;
    stage.app.ok(&stage.ann, END, json!({ "id": stay })).await;
    while relay::step(&stage.app.deps).await.unwrap() {}

    let queued: i64 = stage.app.value(telling).await;
    assert_eq!(queued, 1);
    stage.app.run_work().await;
}
