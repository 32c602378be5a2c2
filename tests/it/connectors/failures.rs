//! What becomes of runs that fail.

use std::time::Duration;

use serde_json::{Value, json};

use super::{HOUR, Stage, UPDATE, at, text};
use crate::shelters::dogs;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_wrong_answer_is_told_and_tried_again_after_growing_pauses() {
    let stage = Stage::set().await;
    stage.host.refuses(500);
    let id = stage.connector().await;

    stage.look().await;
    let seen = stage.seen(&id).await;
    assert!(text(&seen["lastError"]).contains("500"), "{seen}");
    assert_eq!(
        (&seen["consecutiveFailures"], &seen["failingSince"], &seen["nextRunAt"]),
        (&json!(1), &at("12:00"), &at("12:05"))
    );
    assert_eq!(seen["runs"]["nodes"][0]["outcome"], "FAILED");
    assert_eq!(seen["runs"]["nodes"][0]["error"], seen["lastError"]);

    stage.look_after(5 * MINUTE).await;
    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["consecutiveFailures"], &seen["nextRunAt"]),
        (&json!(2), &at("12:15"))
    );

    stage.host.has(dogs(1, 3));
    stage.look_after(10 * MINUTE).await;
    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["consecutiveFailures"], &seen["failingSince"], &seen["lastError"]),
        (&json!(0), &Value::Null, &Value::Null)
    );
    assert_eq!(
        (&seen["lastSuccessAt"], &seen["nextRunAt"]),
        (&at("12:15"), &at("18:15"))
    );
    assert_eq!(stage.app.count("imports").await, 1);
}

#[tokio::test]
async fn whoever_has_to_mend_something_gets_time_for_it() {
    let stage = Stage::set().await;
    stage.host.refuses(401);
    let id = stage.connector().await;

    stage.look().await;

    let seen = stage.seen(&id).await;
    assert!(text(&seen["lastError"]).contains("does not accept the key"), "{seen}");
    assert_eq!(
        seen["nextRunAt"],
        at("13:00"),
        "many systems lock out who tries again and again"
    );
}

#[tokio::test]
async fn the_other_side_may_ask_for_a_longer_pause() {
    let stage = Stage::set().await;
    stage.host.is_busy_for("7200");
    let id = stage.connector().await;

    stage.look().await;

    assert_eq!(stage.seen(&id).await["nextRunAt"], at("14:00"));
}

#[tokio::test]
async fn after_three_days_of_failures_it_is_off_and_the_admins_know() {
    let stage = Stage::set().await;
    stage.host.refuses(401);
    let id = stage.connector().await;
    stage.look().await;

    for _ in 0..11 {
        stage.look_after(6 * HOUR).await;
    }
    assert_eq!(stage.seen(&id).await["state"], "ACTIVE");
    stage.look_after(6 * HOUR).await;
    let asked = stage.host.asked().len();
    stage.look_after(6 * HOUR).await;

    assert_eq!(stage.host.asked().len(), asked, "nothing is asked any more");
    let seen = stage.seen(&id).await;
    assert_eq!((&seen["state"], &seen["nextRunAt"]), (&json!("DISABLED"), &Value::Null));
    assert!(text(&seen["disabledReason"]).contains("three days"), "{seen}");
    let mails = stage.app.mailbox.to(&stage.ann.email());
    let told = mails.iter().filter(|mail| mail.subject.contains("connector")).count();
    assert_eq!(told, 1, "{mails:?}");
    let ann = stage.app.log_in_again(&stage.ann).await;
    let notifications = "{ viewer { notifications(first: 1) { nodes { title body } } } }";
    let data = stage.app.ok(&ann, notifications, json!({})).await;
    let news = &data["viewer"]["notifications"]["nodes"][0];
    assert!(text(&news["title"]).contains("connector"), "{news}");
    assert!(
        !text(&news["body"]).contains(&stage.host.url),
        "an address may hold a secret: {news}"
    );
    let audited = "SELECT COUNT(*) FROM audit_entries WHERE action = 'connector_disabled'";
    assert_eq!(stage.app.value::<i64>(audited).await, 1);

    stage.host.has(dogs(1, 3));
    let on = json!({ "input": { "id": id, "enabled": true } });
    let turned = stage.app.ok(&ann, UPDATE, on).await["updateConnector"]["connector"].take();
    stage.look().await;
    assert_eq!(
        (&turned["state"], &turned["consecutiveFailures"]),
        (&json!("ACTIVE"), &json!(0))
    );
    assert_eq!(stage.seen(&id).await["lastImport"]["created"], 3);
}

#[tokio::test]
async fn a_list_that_cannot_be_imported_is_a_failure_that_says_why() {
    let stage = Stage::set().await;
    stage.host.has("Name,Animal ID\nBiscuit,A1\n");
    let id = stage.connector().await;

    stage.look().await;

    let seen = stage.seen(&id).await;
    assert_eq!(seen["lastImport"]["state"], "FAILED");
    assert!(text(&seen["lastError"]).contains("has no column for"), "{seen}");
    assert_eq!(
        (&seen["consecutiveFailures"], &seen["lastSuccessAt"]),
        (&json!(1), &Value::Null)
    );
}

#[tokio::test]
async fn a_shelter_that_is_not_verified_any_more_gets_nothing_imported() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage
        .app
        .execute("UPDATE shelters SET verified = $1", [false.into()])
        .await;

    stage.look().await;

    assert_eq!(stage.host.asked().len(), 0);
    let seen = stage.seen(&id).await;
    assert!(text(&seen["lastError"]).contains("not verified"), "{seen}");
    assert_eq!(stage.app.count("imports").await, 0);
}

#[tokio::test]
async fn an_address_that_has_become_private_is_refused_at_the_run() {
    let stage = Stage::set().await;
    let id = stage.connector().await;
    let moved = "UPDATE connectors SET address = $1";
    stage.app.execute(moved, ["https://10.0.0.1/animals.csv".into()]).await;

    stage.look().await;

    let seen = stage.seen(&id).await;
    assert!(text(&seen["lastError"]).contains("private network"), "{seen}");
    assert!(!text(&seen["lastError"]).contains("10.0.0.1"), "{seen}");
}
