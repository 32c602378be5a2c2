//! RescueGroups.

use serde_json::{Value, json};

use super::{
    super::{HOUR, Stage},
    connected, faults, refused, stays_that_ended,
    stubs::{Answer, RescueGroups, Stub},
};

fn settings(stub: &Stub<RescueGroups>) -> Value {
    json!({ "kind": "RESCUE_GROUPS", "address": stub.address, "account": "1234", "secret": "rg-key-1" })
}

#[tokio::test]
async fn what_an_organization_has_available_is_fetched_page_by_page() {
    let (stage, stub) = (
        Stage::set().await,
        Stub::start(RescueGroups::with_animals(251, "2026-05-30T10:00:00Z")).await,
    );

    let id = connected(&stage, settings(&stub)).await;

    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["lastError"], &seen["lastImport"]["created"]),
        (&Value::Null, &json!(251)),
        "{seen}"
    );
    let asked = stub.asked();
    assert_eq!(
        asked.iter().map(|asked| asked.parameter("page")).collect::<Vec<_>>(),
        ["1", "2"]
    );
    assert!(asked.iter().all(|asked| asked.parameter("limit") == "250"));
}

#[tokio::test]
async fn later_runs_ask_for_what_was_changed_and_notice_who_was_adopted() {
    let (stage, stub) = (
        Stage::set().await,
        Stub::start(RescueGroups::with_animals(3, "2026-05-30T10:00:00Z")).await,
    );
    let id = connected(&stage, settings(&stub)).await;
    stub.change(|all| {
        all.animals[0].status = "Adopted";
        all.animals[0].updated = "2026-06-01T13:00:00Z".to_owned();
        // Not asked for again.
        all.animals[2].updated = "2026-05-30T08:59:59Z".to_owned();
    });

    stage.look_after(6 * HOUR).await;

    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["lastError"], &seen["runs"]["nodes"][0]["records"]),
        (&Value::Null, &json!(2)),
        "{seen}"
    );
    assert_eq!(stays_that_ended(&stage, "adopted").await, 1);
    let body: Value = serde_json::from_slice(&stub.asked()[1].body).unwrap();
    assert_eq!(
        body["data"]["filters"][1],
        json!({ "fieldName": "animals.updatedDate", "operation": "greaterthan", "criteria": "2026-05-30T09:00:00Z" })
    );
}

#[tokio::test]
async fn a_list_that_changed_while_it_was_read_is_read_again() {
    let (stage, stub) = (
        Stage::set().await,
        Stub::start(RescueGroups::with_animals(251, "2026-05-30T10:00:00Z")).await,
    );
    // When the second page is asked for, the list is one shorter: what was its first animal is on no page.
    let second = json!({ "meta": { "count": 250, "pages": 1 }, "data": [] });
    stub.answers_after(1, Answer::json(&second));

    connected(&stage, settings(&stub)).await;

    assert_eq!(stage.app.count("stays").await, 251);
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn it_needs_the_number_of_an_organization_and_a_valid_key() {
    let (stage, stub) = (
        Stage::set().await,
        Stub::start(RescueGroups::with_animals(1, "2026-05-30T10:00:00Z")).await,
    );
    let mut wrong = settings(&stub);
    wrong["account"] = json!("our rescue");
    assert_eq!(faults(&stage, wrong).await.len(), 1);

    stub.change(|all| all.key = "another");
    let error = refused(&stage, settings(&stub)).await;
    assert!(error.contains("does not accept the key"), "{error}");
}
