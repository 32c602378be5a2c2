//! Making, changing and deleting webhooks.

use std::time::Duration;

use finding_sweetie::domain::webhooks::forget_deliveries;
use serde_json::json;

use super::{CREATE, DELETE, Stage, TEST, UPDATE};
use crate::{
    shelters::key,
    support::{Bearer, codes, user_errors},
};

const WEBHOOKS: &str = "query($id: ID!) { shelter(id: $id) { webhooks { id url events enabled } } }";

#[tokio::test]
async fn addresses_within_the_servers_network_and_open_ones_are_refused() {
    let stage = Stage::set().await;
    for url in [
        "",
        "not an address",
        "ftp://example.org/",
        "http://example.org/hooks",
        "https://10.0.0.1/hooks",
        "https://169.254.169.254/latest/meta-data/",
        "https://ann:secret@example.org/",
        "https://example.org:22/",
    ] {
        let input = json!({ "input": { "shelterId": stage.shelter, "url": url, "events": ["ANIMAL_LEFT"] } });
        let faults = user_errors(&stage.app.run(&stage.ann, CREATE, input).await);
        let code = if url.is_empty() { "REQUIRED" } else { "INVALID" };
        assert_eq!(faults, [format!("input.url {code}")], "{url}");
    }
    let long = format!("https://example.org/{}", "a".repeat(2_048));
    let input = json!({ "input": { "shelterId": stage.shelter, "url": long, "events": ["ANIMAL_LEFT"] } });
    assert_eq!(
        user_errors(&stage.app.run(&stage.ann, CREATE, input).await),
        ["input.url TOO_LONG"]
    );
    assert_eq!(stage.app.count("webhooks").await, 0);
}

#[tokio::test]
async fn a_webhook_is_told_of_something_and_not_of_pings() {
    let stage = Stage::set().await;
    for (events, fault) in [
        (&[][..], "input.events REQUIRED"),
        (&["ANIMAL_LEFT", "PING"][..], "input.events.1 INVALID"),
    ] {
        let refused = stage.app.run(&stage.ann, CREATE, stage.input(events)).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    let made = stage
        .app
        .ok(
            &stage.ann,
            CREATE,
            stage.input(&["IMPORT_FINISHED", "ANIMAL_LEFT", "IMPORT_FINISHED"]),
        )
        .await;
    assert_eq!(
        made["createWebhook"]["webhook"]["events"],
        json!(["ANIMAL_LEFT", "IMPORT_FINISHED"])
    );
}

#[tokio::test]
async fn a_shelter_has_at_most_twenty_webhooks() {
    let stage = Stage::set().await;
    for _ in 0..20 {
        stage.webhook(&["ANIMAL_LEFT"]).await;
    }

    let refused = stage.app.run(&stage.ann, CREATE, stage.input(&["ANIMAL_LEFT"])).await;

    assert_eq!(user_errors(&refused), ["input.shelterId LIMIT_REACHED"]);
    assert_eq!(stage.app.count("webhooks").await, 20);
}

#[tokio::test]
async fn a_change_says_what_shall_be() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    let change = json!({ "input": {
        "id": hook.id, "url": "https://example.org/new", "events": ["MATCH_FOUND"], "enabled": false,
    } });

    let changed = stage.app.ok(&stage.ann, UPDATE, change.clone()).await["updateWebhook"]["webhook"].take();
    let before = stage.app.footprint().await;
    let again = stage.app.ok(&stage.ann, UPDATE, change).await["updateWebhook"]["webhook"].take();

    assert_eq!(changed["url"], "https://example.org/new");
    assert_eq!(changed["events"], json!(["MATCH_FOUND"]));
    assert_eq!(changed["enabled"], false);
    assert_eq!(again, changed);
    assert_eq!(stage.app.footprint().await, before, "the same again is not audited");
    let refused = stage.app.run(&stage.ann, TEST, json!({ "id": hook.id })).await;
    assert_eq!(user_errors(&refused), ["input.id NOT_ALLOWED"], "it is off");
}

#[tokio::test]
async fn a_deleted_webhook_is_gone_with_what_waits() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    stage.ping(&hook).await;

    for _ in 0..2 {
        let gone = stage.app.ok(&stage.ann, DELETE, json!({ "id": hook.id })).await;
        assert_eq!(gone["deleteWebhook"]["deletedId"], hook.id.as_str());
    }
    stage.app.run_work().await;

    assert_eq!(stage.app.count("webhook_deliveries").await, 0);
    assert_eq!(stage.receiver.received().len(), 0);
}

#[tokio::test]
async fn a_key_with_the_scope_manages_webhooks_and_another_sees_none() {
    let stage = Stage::set().await;
    let (app, ann) = (&stage.app, &stage.ann);
    let manages = Bearer(key(app, ann, &stage.shelter, &["webhooks:manage"]).await);
    let reads = Bearer(key(app, ann, &stage.shelter, &["pets:read", "pets:write"]).await);
    let of_shelter = json!({ "id": stage.shelter });

    app.ok(&manages, CREATE, stage.input(&["ANIMAL_LEFT"])).await;

    let refused = app.run(&reads, CREATE, stage.input(&["ANIMAL_LEFT"])).await;
    assert_eq!(codes(&refused), ["FORBIDDEN"]);
    let seen = app.ok(&manages, WEBHOOKS, of_shelter.clone()).await;
    assert_eq!(seen["shelter"]["webhooks"].as_array().unwrap().len(), 1);
    let hidden = app.ok(&reads, WEBHOOKS, of_shelter).await;
    assert!(hidden["shelter"]["webhooks"].is_null());
}

#[tokio::test]
async fn deliveries_are_kept_for_thirty_days() {
    let stage = Stage::set().await;
    let hook = stage.webhook(&["ANIMAL_LEFT"]).await;
    stage.ping(&hook).await;
    stage.app.run_work().await;
    let day = Duration::from_secs(24 * 60 * 60);

    stage.app.clock.advance(30 * day);
    forget_deliveries(&stage.app.deps).await.unwrap();
    assert_eq!(stage.app.count("webhook_deliveries").await, 1);
    stage.app.clock.advance(Duration::from_secs(1));
    forget_deliveries(&stage.app.deps).await.unwrap();
    assert_eq!(stage.app.count("webhook_deliveries").await, 0);
}
