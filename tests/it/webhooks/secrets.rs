//! Secrets and signatures.

use std::time::Duration;

use serde_json::json;

use super::{ROTATE, Stage, text};

#[tokio::test]
async fn a_signature_proves_the_body_and_the_time() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    stage.ping(&hook).await;
    stage.app.run_work().await;

    let told = stage.receiver.only();
    assert_eq!(told.header("sweetie-event"), "ping");
    assert!(told.is_genuine(&hook.secret, stage.now()), "{told:?}");
    assert!(!told.is_genuine("whsec_another", stage.now()));
    assert!(
        !told.is_genuine(&hook.secret, stage.now() + 301),
        "an old delivery may have been kept by somebody"
    );
    let mut changed = told;
    changed.body = changed.body.replace("ping", "pong");
    assert!(!changed.is_genuine(&hook.secret, stage.now()));
}

#[tokio::test]
async fn a_secret_is_shown_once_and_not_stored_as_it_is() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;

    let body = hook.secret.strip_prefix("whsec_").unwrap();
    assert!(body.len() == 64 && body.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let stored: String = stage.app.value("SELECT sealed_secret FROM webhooks").await;
    assert!(!stored.contains(body));
    let seen = stage.seen(&stage.ann, &hook).await;
    assert!(!seen.to_string().contains(body));
}

#[tokio::test]
async fn after_a_rotation_both_secrets_sign_for_a_day() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    let rotate = json!({ "input": { "id": hook.id, "idempotencyKey": "once" } });
    let rotated = stage.app.ok(&stage.ann, ROTATE, rotate.clone()).await["rotateWebhookSecret"].take();
    let again = stage.app.ok(&stage.ann, ROTATE, rotate).await["rotateWebhookSecret"].take();
    let new = text(&rotated["secret"]);
    assert_eq!(again, rotated, "a repeat shows the same secret");
    assert_ne!(new, hook.secret);

    stage.ping(&hook).await;
    stage.app.run_work().await;
    let told = stage.receiver.only();
    assert_eq!(told.signatures().len(), 2);
    assert!(told.is_genuine(&hook.secret, stage.now()) && told.is_genuine(&new, stage.now()));

    let id = text(&told.json()["id"]);
    stage.app.clock.advance(Duration::from_secs(24 * 60 * 60));
    let ann = stage.app.log_in_again(&stage.ann).await;
    stage.app.ok(&ann, super::REPLAY, json!({ "id": id })).await;
    stage.app.run_work().await;
    let last = stage.receiver.received().pop().unwrap();
    assert_eq!(last.signatures().len(), 1);
    assert!(last.is_genuine(&new, stage.now()) && !last.is_genuine(&hook.secret, stage.now()));
}
