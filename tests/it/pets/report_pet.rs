//! Reporting an animal.

use serde_json::json;

use super::{REPORT, lost, lost_with, report, seen_by};
use crate::support::{Actor, Bearer, TestApp, Visitor, codes, user_errors};

#[tokio::test]
async fn a_report_is_public_at_once_and_announced() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({
        "name": "Sweetie", "breed": { "primary": "beagel", "secondary": "boxer" }, "colors": ["TAN", "WHITE", "TAN"], "reward": 100
    }));

    let id = report(&app, &ann, input).await;

    let seen = seen_by(&app, &Visitor, &id).await;
    assert_eq!(seen["name"], "Sweetie");
    assert_eq!(
        seen["breed"],
        json!({ "primary": "Beagle", "secondary": "Boxer", "mixed": true, "label": "Beagle / Boxer mix" })
    );
    assert_eq!(seen["colors"], json!(["WHITE", "TAN"]));
    assert_eq!(
        (&seen["rewardOffered"], &seen["status"]),
        (&json!(true), &json!("OPEN"))
    );
    assert_eq!(app.events().await, ["pet_reported"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_visitor_reports_nothing() {
    let app = TestApp::new().await;

    let refused = app.run(&Visitor, REPORT, json!({ "input": lost() })).await;

    assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
    assert_eq!(app.count("pets").await, 0);
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_is_kept() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({
        "name": "x".repeat(61), "markings": "x".repeat(501), "weightGrams": 0, "reward": -1, "microchip": "12345678901234",
        "privateMarks": ["a", "b", "c", "d"], "seenAt": "1999-12-31T23:59:59Z",
        "location": { "point": { "latitude": 91.0, "longitude": 0.0 } }
    }));

    let refused = app.run(&ann, REPORT, json!({ "input": input })).await;

    let mut faults = user_errors(&refused);
    faults.sort();
    assert_eq!(
        faults,
        [
            "input.location.point.latitude OUT_OF_RANGE",
            "input.markings TOO_LONG",
            "input.microchip INVALID",
            "input.name TOO_LONG",
            "input.privateMarks TOO_MANY",
            "input.reward OUT_OF_RANGE",
            "input.seenAt OUT_OF_RANGE",
            "input.weightGrams OUT_OF_RANGE",
        ]
    );
    assert_eq!(app.count("pets").await, 0);
}

#[tokio::test]
async fn contact_details_are_hidden_and_the_author_is_told() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({ "description": "Call 512-555-0142 or ann@example.org" }));

    let data = app.ok(&ann, REPORT, json!({ "input": input })).await;

    let notice = data["reportPet"]["notice"].as_str().unwrap();
    assert!(
        notice.starts_with("2 phone numbers or e-mail addresses were hidden"),
        "{notice}"
    );
    let id = data["reportPet"]["pet"]["id"].as_str().unwrap();
    assert_eq!(
        seen_by(&app, &ann, id).await["description"],
        "Call [contact hidden] or [contact hidden]"
    );
    app.run_work().await;
}

#[tokio::test]
async fn the_same_key_and_input_make_one_report() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({ "idempotencyKey": "k1" }));

    let first = report(&app, &ann, input.clone()).await;
    let second = report(&app, &ann, input.clone()).await;
    let mut other = input;
    other["name"] = json!("Biscuit");
    let refused = app.run(&ann, REPORT, json!({ "input": other })).await;

    assert_eq!(first, second);
    assert_eq!(app.count("pets").await, 1);
    assert_eq!(user_errors(&refused), ["input.idempotencyKey CONFLICT"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_with_the_same_chip_is_a_possible_duplicate_for_its_reporter_wherever_it_is() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let chipped = |latitude: f64| {
        let place = json!({ "point": { "latitude": latitude, "longitude": -97.7431 } });
        json!({ "input": lost_with(json!({ "microchip": "985112001234567", "location": place })) })
    };
    let first = app.ok(&ann, REPORT, chipped(30.2672)).await["reportPet"]["pet"]["id"].take();
    let duplicates = async |who: &Actor| {
        let mut data = app.ok(who, REPORT, chipped(35.0)).await;
        data["reportPet"]["possibleDuplicates"].take()
    };

    assert_eq!(duplicates(&bob).await, json!([]));
    let of_ann = duplicates(&ann).await;
    assert!(of_ann.as_array().unwrap().contains(&json!({ "id": first })), "{of_ann}");
    app.leave_work();
}

#[tokio::test]
async fn a_report_nearby_is_a_possible_duplicate() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let first = report(&app, &ann, lost()).await;
    report(&app, &ann, lost_with(json!({ "species": "CAT" }))).await;
    report(&app, &ann, lost_with(json!({ "seenAt": "2026-05-20T10:00:00Z" }))).await;

    // The same id masks the same way; two reports of one place lie up to 800 m apart as everybody sees them.
    let data = app.ok(&bob, REPORT, json!({ "input": lost() })).await;

    assert_eq!(data["reportPet"]["possibleDuplicates"], json!([{ "id": first }]));
    app.run_work().await;
}

#[tokio::test]
async fn a_member_makes_fifty_reports_an_hour_and_repeats_cost_nothing() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let keyed = lost_with(json!({ "idempotencyKey": "k1" }));
    let first = report(&app, &ann, keyed.clone()).await;
    for _ in 1..50 {
        report(&app, &ann, lost()).await;
    }

    let refused = app.run(&ann, REPORT, json!({ "input": lost() })).await;
    let repeated = report(&app, &ann, keyed).await;

    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(repeated, first);
    assert_eq!(app.count("pets").await, 50);
    app.leave_work();
}

const FOUND_A_SHELTER: &str = "mutation { registerShelter(input: {
    name: \"Riverside\", type: SHELTER, location: { postalCode: \"78702\" } }) {
    shelter { id } userErrors { field code message } } }";

#[tokio::test]
async fn a_shelter_lifts_the_limit_of_reports_once_it_is_verified() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.ok(&ann, FOUND_A_SHELTER, json!({})).await;
    let hour = std::time::Duration::from_secs(3600);
    for _ in 0..50 {
        let key = format!("report-pet:{}", ann.id);
        app.deps
            .limiter
            .hit(&key, 50, hour, app.deps.clock.now())
            .await
            .unwrap();
    }

    let refused = app.run(&ann, REPORT, json!({ "input": lost() })).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("pets").await, 0);

    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    report(&app, &ann, lost()).await;
    app.run_work().await;
}

#[tokio::test]
async fn the_keys_of_a_shelter_that_nobody_has_verified_report_fifty_an_hour_together() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = app.ok(&ann, FOUND_A_SHELTER, json!({})).await["registerShelter"]["shelter"]["id"].clone();
    let create = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
        secret userErrors { field code message } } }";
    let input = json!({ "shelterId": shelter, "name": "script", "scopes": ["pets:write"] });
    let mut keys = Vec::new();
    for _ in 0..2 {
        let data = app.ok(&ann, create, json!({ "input": input })).await;
        keys.push(Bearer(data["createApiKey"]["secret"].as_str().unwrap().to_owned()));
    }
    let found = || json!({ "input": lost_with(json!({ "kind": "FOUND" })) });
    for number in 0..50 {
        app.ok(&keys[number % 2], REPORT, found()).await;
    }

    assert_eq!(codes(&app.run(&keys[0], REPORT, found()).await), ["RATE_LIMITED"]);

    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    app.ok(&keys[0], REPORT, found()).await;
    app.leave_work();
}

#[tokio::test]
async fn only_its_staff_reports_for_a_shelter() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = app.ok(&ann, FOUND_A_SHELTER, json!({})).await["registerShelter"]["shelter"]["id"].clone();
    let sheltered = |kind: &str| lost_with(json!({ "kind": kind, "shelterId": shelter }));

    let by_stranger = app.run(&bob, REPORT, json!({ "input": sheltered("SHELTERED") })).await;
    let as_lost = app.run(&ann, REPORT, json!({ "input": sheltered("LOST") })).await;
    let id = report(&app, &ann, sheltered("SHELTERED")).await;

    assert_eq!(user_errors(&by_stranger), ["input.shelterId NOT_ALLOWED"]);
    assert_eq!(user_errors(&as_lost), ["input.shelterId NOT_ALLOWED"]);
    let seen = app
        .ok(
            &Visitor,
            "query($id: ID!) { pet(id: $id) { shelter { id } } }",
            json!({ "id": id }),
        )
        .await;
    assert_eq!(seen["pet"]["shelter"]["id"], shelter);
    app.run_work().await;
}

#[tokio::test]
async fn the_microchip_is_for_the_reporter() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);

    let id = report(&app, &ann, lost_with(json!({ "microchip": "982 000 123 456 789" }))).await;

    assert_eq!(seen_by(&app, &ann, &id).await["microchip"], "982000123456789");
    let other = seen_by(&app, &bob, &id).await;
    assert_eq!(
        (&other["microchip"], &other["microchipped"]),
        (&json!(null), &json!(true))
    );
    app.run_work().await;
}
