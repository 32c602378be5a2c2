//! What `/metrics` says of a process of its own, where the numbers are exact.

use std::{collections::BTreeMap, time::Duration};

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::node::{Installation, Node};
use crate::support::{FreshDatabase, LIMIT, Scratch, Socket, samples, until};

async fn metrics(node: &Node) -> BTreeMap<String, f64> {
    let page = node.client.get(&node.metrics).send().await.unwrap();
    samples(&page.text().await.unwrap())
}

/// Waits until those samples have those values.
async fn show(node: &Node, expected: &[(&str, f64)]) {
    let mut seen = BTreeMap::new();
    let end = tokio::time::Instant::now() + LIMIT;
    while tokio::time::Instant::now() < end {
        seen = metrics(node).await;
        if expected.iter().all(|(name, value)| seen.get(*name) == Some(value)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("not {expected:?} but {seen:#?}");
}

#[tokio::test]
async fn sockets_and_streams_are_counted_and_fall_back_when_they_vanish() {
    const UPDATES: &str = r#"sweetie_streams{field="conversationUpdates"}"#;
    const NEWS: &str = r#"sweetie_streams{field="notifications"}"#;
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let node = Installation::new(scratch.path(), &database.url).start().await;
    let (ann, _) = node.member("ann").await;
    let before = metrics(&node).await;
    assert_eq!((before["sweetie_sockets"], before.get(UPDATES)), (0.0, None));

    let one = Socket::open(&node.url, &ann).await;
    let _updates = one.subscribe("subscription { conversationUpdates { id } }", json!({}));
    let hidden = "subscription { ...News } fragment News on Subscription { mine: notifications { number } }";
    let _news = one.subscribe(hidden, json!({}));
    show(&node, &[("sweetie_sockets", 1.0), (UPDATES, 1.0), (NEWS, 1.0)]).await;
    let other = Socket::open(&node.url, &ann).await;
    let _more = other.subscribe("subscription { conversationUpdates { id } }", json!({}));
    show(&node, &[("sweetie_sockets", 2.0), (UPDATES, 2.0), (NEWS, 1.0)]).await;

    other.say(json!({ "type": "complete", "id": "1" }));
    show(&node, &[("sweetie_sockets", 2.0), (UPDATES, 1.0), (NEWS, 1.0)]).await;
    // Without a word of farewell.
    drop(one);
    show(&node, &[("sweetie_sockets", 1.0), (UPDATES, 0.0), (NEWS, 0.0)]).await;
    drop(other);
    show(&node, &[("sweetie_sockets", 0.0)]).await;
}

#[tokio::test]
async fn jobs_that_wait_and_buried_ones_are_counted_and_bells_are_timed() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    // Nobody answers there, so every mail is tried again later.
    let node = installation
        .with("SWEETIE_SMTP_URL", "smtp://127.0.0.1:1")
        .start()
        .await;
    for name in ["ann", "bob", "cleo"] {
        node.member(name).await;
    }
    show(&node, &[(r#"sweetie_jobs{state="waiting"}"#, 3.0)]).await;

    let db = sea_orm::Database::connect(&database.url).await.unwrap();
    until(LIMIT, "all are buried", async || {
        let bury = "UPDATE jobs SET state = 'buried' WHERE state = 'queued'";
        db.execute_unprepared(bury).await.unwrap();
        metrics(&node).await[r#"sweetie_jobs{state="buried"}"#] == 3.0
    })
    .await;
    db.close().await.unwrap();
    let caught_up =
        ["ringer", "relay", "map", "photos", "lists"].map(|follower| format!("{{follower=\"{follower}\"}}"));
    for follower in &caught_up {
        let (events, seconds) = (
            format!("sweetie_log_lag_events{follower}"),
            format!("sweetie_log_lag_seconds{follower}"),
        );
        show(&node, &[(&events, 0.0), (&seconds, 0.0)]).await;
    }
    let seen = metrics(&node).await;
    assert_eq!(
        (seen["sweetie_log_head"], seen["sweetie_bell_seconds_count"]),
        (3.0, 3.0)
    );
    assert!(seen["sweetie_bell_seconds_sum"] < 3.0 * LIMIT.as_secs_f64(), "{seen:?}");
}
