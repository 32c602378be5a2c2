//! A database that does not answer.

use std::time::Duration;

use serde_json::json;

use super::node::Installation;
use crate::support::{FaultProxy, FreshDatabase, Scratch, TestApp, Visitor, codes};

#[tokio::test]
async fn without_its_database_the_server_says_so_and_lives_on() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.deps.db.clone().close().await.unwrap();

    let refused = app.run(&ann, "{ viewer { email } }", json!({})).await;
    assert_eq!((refused.status, codes(&refused)), (503, vec!["UNAVAILABLE".to_owned()]));

    let refused = app
        .run(
            &Visitor,
            "query($id: ID!) { node(id: $id) { id } }",
            json!({ "id": ann.id }),
        )
        .await;
    assert_eq!((refused.status, codes(&refused)), (200, vec!["UNAVAILABLE".to_owned()]));
    let text = refused.body.to_string();
    assert!(!text.contains("pool") && !text.contains("sql"), "{text}");

    let log_in = "mutation { logIn(input: { email: \"ann@example.org\", password: \"correct horse\" }) { userErrors { code } } }";
    assert_eq!(codes(&app.run(&Visitor, log_in, json!({})).await), ["UNAVAILABLE"]);

    assert_eq!(app.get("/health/ready").await.status(), 503);
    assert_eq!(app.get("/health/live").await.status(), 200);
    assert_eq!(
        app.run(&Visitor, "{ __typename }", json!({})).await.body,
        json!({ "data": { "__typename": "Query" } })
    );
}

#[tokio::test]
async fn whoever_asks_a_server_whose_database_fell_silent_is_told_so_before_they_lose_patience() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    // A file does not fall silent.
    let Some(proxy) = FaultProxy::before(&database.url).await else {
        return;
    };
    let node = Installation::new(scratch.path(), &proxy.url).start().await;
    proxy.silence();

    let url = format!("{}/health/ready", node.url);
    // Half of what a statement may take.
    let asked = node.client.get(url).timeout(Duration::from_secs(5)).send();

    assert_eq!(asked.await.expect("an answer in time").status(), 503);
}
