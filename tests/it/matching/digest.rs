//! The daily digest of weak matches.

use std::time::Duration;

use finding_sweetie::domain::notifications::send_match_digests;
use serde_json::{Value, json};

use super::{dog, report, with};
use crate::support::{Actor, TestApp};

const DAY: Duration = Duration::from_secs(86_400);

async fn told(app: &TestApp, who: &Actor) -> Vec<Value> {
    let list = "{ viewer { notifications { nodes { title } } } }";
    let data = app.ok(who, list, json!({})).await;
    let nodes = data["viewer"]["notifications"]["nodes"].as_array().unwrap();
    nodes.iter().map(|one| one["title"].clone()).collect()
}

#[tokio::test]
async fn weak_matches_are_told_once_a_day_together() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-31T10:00:00Z")).await;
    // Some miles away, of another breed, size and coat.
    let other = json!({ "breed": { "primary": "Boxer", "mixed": false }, "size": "LARGE", "coat": "LONG" });
    for _ in 0..2 {
        report(
            &app,
            &bob,
            with(dog("FOUND", 30.32, "2026-05-31T18:00:00Z"), other.clone()),
        )
        .await;
    }
    app.run_work().await;
    assert!(told(&app, &ann).await.is_empty(), "neither is an alert");
    // Whatever the weights of the score are today: likely enough for a digest.
    app.execute("UPDATE matches SET likelihood = $1", [0.2.into()]).await;

    send_match_digests(&app.deps).await.unwrap();
    assert!(told(&app, &ann).await.is_empty(), "not before a day has passed");
    app.clock.advance(DAY);
    let ann = app.log_in_again(&ann).await;
    for _ in 0..2 {
        send_match_digests(&app.deps).await.unwrap();
    }
    assert_eq!(told(&app, &ann).await, ["2 more reports may be worth a look"]);
    app.clock.advance(DAY);
    let ann = app.log_in_again(&ann).await;
    send_match_digests(&app.deps).await.unwrap();
    assert_eq!(told(&app, &ann).await.len(), 1, "nothing new, no digest");
    app.leave_work();
}
