//! Shelterluv.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    super::{HOUR, Stage, at, text},
    NOON, connected, refused, stays_that_ended,
    stubs::{Answer, Shelterluv, Stub},
};

fn settings(stub: &Stub<Shelterluv>) -> Value {
    json!({ "kind": "SHELTERLUV", "address": stub.address, "secret": "luv-key-1" })
}

async fn with_dogs(count: i64) -> (Stage, Stub<Shelterluv>) {
    let stub = Stub::start(Shelterluv::with_dogs(count, NOON - 3_600)).await;
    (Stage::set().await, stub)
}

#[tokio::test]
async fn what_is_in_custody_is_fetched_page_by_page() {
    let (stage, stub) = with_dogs(101).await;

    let id = connected(&stage, settings(&stub)).await;

    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["lastError"], &seen["lastImport"]["created"]),
        (&Value::Null, &json!(101)),
        "{seen}"
    );
    let asked = stub.asked();
    let parameters = asked
        .iter()
        .map(|asked| ["status_type", "sort", "since", "limit", "offset"].map(|name| asked.parameter(name).to_owned()));
    let expected = ["0", "100"].map(|offset| ["in custody", "", "", "100", offset].map(str::to_owned));
    assert_eq!(parameters.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn later_runs_ask_for_what_was_changed_and_notice_who_left() {
    let (stage, stub) = with_dogs(4).await;
    let id = connected(&stage, settings(&stub)).await;
    stub.change(|shelter| {
        shelter.update(1, NOON + 60, false, "Healthy In Home");
        shelter.update(2, NOON + 60, false, "Settled In");
        shelter.update(3, NOON + 60, true, "Medical Hold");
    });

    stage.look_after(6 * HOUR).await;

    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["lastError"], &seen["lastImport"]["failed"]),
        (&Value::Null, &json!(0)),
        "{seen}"
    );
    // 45 minutes before the newest change that was known: answers may be 30 minutes old.
    let asked = stub.asked();
    let changed = &asked[1];
    let expected = (NOON - 3_600 - 45 * 60).to_string();
    assert_eq!(
        (changed.parameter("since"), changed.parameter("sort")),
        (expected.as_str(), "updated_at")
    );
    assert_eq!(stays_that_ended(&stage, "adopted").await, 1);
    assert_eq!(
        stays_that_ended(&stage, "unknown").await,
        1,
        "it is not in custody, whatever its status means"
    );
    assert_eq!(stage.app.count("stays").await, 4);
}

#[tokio::test]
async fn a_page_that_fails_leaves_all_of_it_to_the_next_run() {
    let (stage, stub) = with_dogs(101).await;
    stub.answers_after(1, Answer::status(502, "bad gateway"));
    let error = refused(&stage, settings(&stub)).await;
    assert!(error.contains("502"), "{error}");

    stage.look_after(Duration::from_secs(5 * 60)).await;

    assert_eq!(stage.app.count("stays").await, 101);
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn what_asks_for_patience_gets_it() {
    let (stage, stub) = with_dogs(1).await;
    stub.answers_after(0, Answer::status(429, "").with("retry-after", "7200"));

    let id = connected(&stage, settings(&stub)).await;

    let seen = stage.seen(&id).await;
    assert_eq!(seen["nextRunAt"], at("14:00"), "{seen}");
    assert!(text(&seen["lastError"]).contains("asked too often"), "{seen}");
}

#[tokio::test]
async fn a_wrong_key_is_for_the_staff_to_mend() {
    let (stage, stub) = with_dogs(1).await;
    stub.change(|shelter| shelter.key = "luv-key-2");

    let error = refused(&stage, settings(&stub)).await;

    assert!(error.contains("does not accept the key"), "{error}");
}

#[tokio::test]
async fn what_is_no_answer_of_its_api_is_not_imported() {
    for (answer, words) in [
        (
            Answer::status(200, r#"{"success": 1, "animals": [{"ID": "1"}, {"#),
            "breaks off",
        ),
        (
            Answer::status(200, "<html>We are doing some work</html>"),
            "is not the API",
        ),
        (Answer::json(&json!({ "success": 0, "animals": [] })), "did not succeed"),
        (Answer::status(200, &" ".repeat(64_000_001)), "larger than 64 MB"),
    ] {
        let (stage, stub) = with_dogs(1).await;
        stub.answers_after(0, answer);
        let error = refused(&stage, settings(&stub)).await;
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_list_that_says_for_ever_that_there_is_more_is_given_up() {
    let (stage, stub) = with_dogs(1).await;
    let again = json!({ "success": 1, "animals": [Shelterluv::dog(1, NOON)], "has_more": true, "total_count": 9 });
    for number in 0..20 {
        stub.answers_after(number, Answer::json(&again));
    }

    let error = refused(&stage, settings(&stub)).await;

    assert!(error.contains("could not be read as a whole"), "{error}");
    assert!(stub.asked().len() < 20);
}

#[tokio::test]
async fn the_key_is_sent_to_no_other_host() {
    let (stage, stub) = with_dogs(1).await;
    let thief = Stub::start(Shelterluv::with_dogs(1, NOON)).await;
    let elsewhere = format!("{}/api/v1/animals?limit=100&offset=0", thief.address);
    stub.answers_after(0, Answer::status(302, "").with("location", &elsewhere));

    let error = refused(&stage, settings(&stub)).await;

    assert!(error.contains("keys are not sent on"), "{error}");
    assert_eq!(thief.asked().len(), 0);
}
