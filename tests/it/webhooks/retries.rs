//! What becomes of deliveries that are not taken.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Made, REPLAY, Stage, UPDATE, text};
use crate::support::user_errors;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The only delivery of a webhook.
async fn delivery(stage: &Stage, hook: &Made) -> Value {
    let ann = stage.app.log_in_again(&stage.ann).await;
    let seen = stage.seen(&ann, hook).await;
    assert_eq!(seen["deliveries"]["totalCount"], 1, "{seen}");
    seen["deliveries"]["nodes"][0].clone()
}

/// A ping that the receiver gets at once.
async fn pinged(stage: &Stage) -> Made {
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    stage.ping(&hook).await;
    stage.app.run_work().await;
    hook
}

#[tokio::test]
async fn what_was_not_taken_is_sent_again_after_growing_pauses() {
    let stage = Stage::set().await;
    for status in [500, 404, 302] {
        stage
            .receiver
            .answers_next(status, &[("location", "http://127.0.0.1:1/")]);
    }
    let hook = pinged(&stage).await;
    assert_eq!(stage.receiver.received().len(), 1);

    for (pause, tries) in [(MINUTE / 2, 2), (2 * MINUTE, 3), (10 * MINUTE, 4)] {
        stage.app.clock.advance(pause - Duration::from_secs(1));
        stage.app.run_work().await;
        assert_eq!(stage.receiver.received().len(), tries - 1, "not before {pause:?}");
        stage.app.clock.advance(Duration::from_secs(1));
        stage.app.run_work().await;
        assert_eq!(stage.receiver.received().len(), tries);
    }

    let delivery = delivery(&stage, &hook).await;
    assert_eq!(
        (&delivery["state"], &delivery["attempts"], &delivery["lastStatus"]),
        (&json!("DELIVERED"), &json!(4), &json!(204))
    );
    let all = stage.receiver.received();
    let (ids, bodies): (Vec<&str>, Vec<&str>) = all
        .iter()
        .map(|told| (told.header("sweetie-delivery"), told.body.as_str()))
        .unzip();
    assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "{ids:?}");
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(
        all.iter().all(|told| told.signatures().len() == 1),
        "each try is signed for its own time"
    );
    assert_ne!(all[0].header("sweetie-signature"), all[1].header("sweetie-signature"));
}

#[tokio::test]
async fn after_three_days_it_has_failed_the_webhook_is_off_and_the_admins_know() {
    let stage = Stage::set().await;
    stage.receiver.answers(500);
    let hook = pinged(&stage).await;
    let began = stage.app.deps.clock.now();
    let ann = stage.app.log_in_again(&stage.ann).await;
    assert!(stage.seen(&ann, &hook).await["failingSince"].is_string());

    let pauses = [MINUTE / 2, 2 * MINUTE, 10 * MINUTE, HOUR / 2, HOUR, 2 * HOUR];
    for pause in pauses.into_iter().chain(std::iter::repeat_n(4 * HOUR, 17)) {
        stage.app.clock.advance(pause);
        stage.app.run_work().await;
    }
    assert_eq!(delivery(&stage, &hook).await["state"], "QUEUED");
    let rest = (3 * DAY).saturating_sub(stage.app.deps.clock.now().since(began));
    stage.app.clock.advance(rest);
    stage.app.run_work().await;

    let failed = delivery(&stage, &hook).await;
    assert_eq!(
        (&failed["state"], &failed["lastStatus"], &failed["nextAt"]),
        (&json!("FAILED"), &json!(500), &Value::Null)
    );
    assert_eq!(stage.receiver.received().len(), 25);
    let ann = stage.app.log_in_again(&stage.ann).await;
    let seen = stage.seen(&ann, &hook).await;
    assert_eq!(seen["enabled"], false, "{seen}");
    let mails = stage.app.mailbox.to(&stage.ann.email());
    let told: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        told.iter().filter(|subject| subject.contains("webhook")).count(),
        1,
        "{told:?}"
    );
    let notifications = "{ viewer { notifications(first: 1) { nodes { title body } } } }";
    let data = stage.app.ok(&ann, notifications, json!({})).await;
    let news = &data["viewer"]["notifications"]["nodes"][0];
    assert!(text(&news["title"]).contains("webhook"), "{news}");
    assert!(
        !text(&news["body"]).contains("/hooks"),
        "a path may hold a secret: {news}"
    );
    assert_eq!(
        stage
            .app
            .value::<i64>("SELECT COUNT(*) FROM audit_entries WHERE action = 'webhook_disabled'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_success_shows_that_a_webhook_does_not_fail_any_more() {
    let stage = Stage::set().await;
    stage.receiver.answers_next(500, &[]);
    let hook = pinged(&stage).await;
    stage.app.clock.advance(MINUTE);
    stage.app.run_work().await;

    let ann = stage.app.log_in_again(&stage.ann).await;
    let seen = stage.seen(&ann, &hook).await;
    assert_eq!(
        (&seen["failingSince"], &seen["lastSuccessAt"]),
        (&Value::Null, &json!("2026-06-01T12:01:00.000Z"))
    );
}

#[tokio::test]
async fn gone_is_believed_at_once() {
    let stage = Stage::set().await;
    stage.receiver.answers(410);
    let hook = pinged(&stage).await;

    let seen = stage.seen(&stage.ann, &hook).await;
    assert_eq!(seen["enabled"], false);
    assert_eq!(seen["deliveries"]["nodes"][0]["state"], "FAILED");
    assert!(text(&seen["disabledReason"]).contains("410"), "{seen}");
    stage.app.clock.advance(DAY);
    stage.app.run_work().await;
    stage.receiver.only();
}

#[tokio::test]
async fn a_receiver_may_ask_for_a_longer_pause() {
    let stage = Stage::set().await;
    for status in [429, 503] {
        stage.receiver.answers_next(status, &[("retry-after", "3600")]);
    }
    pinged(&stage).await;
    for tries in [1, 2] {
        stage.app.clock.advance(HOUR - Duration::from_secs(1));
        stage.app.run_work().await;
        assert_eq!(stage.receiver.received().len(), tries);
        stage.app.clock.advance(Duration::from_secs(1));
        stage.app.run_work().await;
        assert_eq!(stage.receiver.received().len(), tries + 1);
    }
}

#[tokio::test]
async fn any_delivery_is_sent_again_by_its_id() {
    let stage = Stage::set().await;
    let hook = pinged(&stage).await;
    let id = stage.receiver.only().header("sweetie-delivery").to_owned();

    for _ in 0..2 {
        let again = stage.app.ok(&stage.ann, REPLAY, json!({ "id": id })).await;
        assert_eq!(again["replayWebhookDelivery"]["delivery"]["state"], "QUEUED");
    }
    stage.app.run_work().await;

    let all = stage.receiver.received();
    assert_eq!(all.len(), 2, "asked for twice before it is sent, it is sent once");
    assert_eq!(all[1].header("sweetie-delivery"), id);
    assert_eq!(all[1].body, all[0].body);
    assert_eq!(delivery(&stage, &hook).await["state"], "DELIVERED");
}

#[tokio::test]
async fn what_waits_when_a_webhook_is_turned_off_is_given_up_and_can_be_sent_later() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    let id = stage.ping(&hook).await;
    let turned = |enabled: bool| json!({ "input": { "id": hook.id, "enabled": enabled } });
    stage.app.ok(&stage.ann, UPDATE, turned(false)).await;
    stage.app.run_work().await;

    assert_eq!(delivery(&stage, &hook).await["state"], "FAILED");
    assert_eq!(stage.receiver.received().len(), 0);
    let refused = stage.app.run(&stage.ann, REPLAY, json!({ "id": id })).await;
    assert_eq!(user_errors(&refused), ["input.id NOT_ALLOWED"]);
    stage.app.ok(&stage.ann, UPDATE, turned(true)).await;
    stage.app.ok(&stage.ann, REPLAY, json!({ "id": id })).await;
    stage.app.run_work().await;
    assert_eq!(stage.receiver.only().header("sweetie-delivery"), id);
}

#[tokio::test]
async fn an_address_that_has_become_private_is_refused_at_the_delivery() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    let moved = "UPDATE webhooks SET url = $1";
    stage.app.execute(moved, ["https://10.0.0.1/hooks".into()]).await;
    stage.ping(&hook).await;
    stage.app.run_work().await;

    let refused = delivery(&stage, &hook).await;
    assert_eq!(refused["state"], "FAILED");
    assert!(text(&refused["lastError"]).contains("private network"), "{refused}");
}

#[tokio::test]
async fn a_failing_webhook_is_tried_with_one_delivery_and_the_others_follow_when_one_is_taken() {
    let stage = Stage::set().await;
    stage.receiver.answers(500);
    let hook = stage.webhook(&["ANIMAL_TAKEN_IN"]).await;
    stage.taken_in().await;
    stage.app.run_work().await;
    stage.app.clock.advance(Duration::from_secs(1));
    for _ in 0..3 {
        stage.taken_in().await;
    }
    stage.app.run_work().await;
    assert_eq!(stage.receiver.received().len(), 1, "the others wait for the first");

    stage.app.clock.advance(MINUTE / 2);
    stage.app.run_work().await;
    let tried = stage.receiver.received();
    assert_eq!(tried.len(), 2);
    assert_eq!(tried[0].header("sweetie-delivery"), tried[1].header("sweetie-delivery"));

    stage.receiver.answers(204);
    stage.ping(&hook).await;
    stage.app.run_work().await;
    assert_eq!(
        stage.receiver.received().len(),
        6,
        "a ping does not wait, and wakes the three"
    );
    stage.app.clock.advance(2 * MINUTE);
    stage.app.run_work().await;
    assert_eq!(stage.receiver.received().len(), 7, "nothing is sent twice");
    let states = "SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'delivered'";
    assert_eq!(stage.app.value::<i64>(states).await, 5);
}

#[tokio::test]
async fn a_webhook_that_is_set_right_has_three_days_from_then() {
    let stage = Stage::set().await;
    stage.receiver.answers(500);
    let hook = pinged(&stage).await;
    let began = stage.app.deps.clock.now();
    while stage.app.deps.clock.now().since(began) < 3 * DAY - 4 * HOUR {
        stage.app.clock.advance(4 * HOUR);
        stage.app.run_work().await;
    }
    let ann = stage.app.log_in_again(&stage.ann).await;
    let url = format!("{}/anew", stage.receiver.url);
    stage
        .app
        .ok(&ann, UPDATE, json!({ "input": { "id": hook.id, "url": url } }))
        .await;
    stage.app.clock.advance(5 * HOUR);
    stage.app.run_work().await;

    assert_eq!(
        delivery(&stage, &hook).await["state"],
        "FAILED",
        "its own three days are over"
    );
    let ann = stage.app.log_in_again(&stage.ann).await;
    let seen = stage.seen(&ann, &hook).await;
    assert_eq!(
        (&seen["enabled"], &seen["failingSince"]),
        (&json!(true), &json!("2026-06-04T08:00:00.000Z")),
        "{seen}"
    );
}
