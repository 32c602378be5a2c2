//! What the README shows runs as it stands; its client goes through what happens to every client.

use serde_json::{Value, json};

use super::script::{Script, piece_in, shown_between, shown_in};
use crate::{
    matching::{REPORT, dog, report},
    resilience::{Installation, Node},
    support::{Bearer, FreshDatabase, Scratch, TestApp, Visitor},
};

#[tokio::test]
async fn its_first_query_and_its_mutation_run_as_they_stand_beside_the_demo() {
    let app = TestApp::quiet().await;
    finding_sweetie::demo::add(&app.deps).await.unwrap();

    let asked: Value = serde_json::from_str(&shown_between("README.md", "-d '", "'")).unwrap();
    let answer = app.ok(&Visitor, asked["query"].as_str().unwrap(), json!({})).await;
    assert_eq!(answer["pets"]["nodes"].as_array().unwrap().len(), 3, "{answer}");
    let answer = app.ok(&Visitor, &piece_in("README.md", "graphql"), json!({})).await;
    assert_eq!(answer["register"]["userErrors"], json!([]));

    let [email, password] =
        ["email", "password"].map(|field| shown_between("README.md", &format!("{field}: \""), "\""));
    let called = shown_between("README.md", "node alerts.mjs ", "\n");
    assert_eq!(
        called,
        format!("{email} '{password}'"),
        "the client logs in to the account that was made"
    );
}

fn alerts(server: &str, email: &str, password: &str) -> Script {
    Script::start(&[("alerts.mjs", &shown_in("README.md"))], server, &[email, password])
}

/// Waits for that many alerts, and gives their numbers.
async fn numbers(script: &mut Script, count: usize) -> Vec<Value> {
    let alerts = script.said(count).await.into_iter();
    let number = |alert: String| serde_json::from_str::<Value>(&alert).unwrap()["number"].take();
    alerts.map(number).collect()
}

async fn reported(node: &Node, who: &Bearer, kind: &str, latitude: f64) {
    let input = dog(kind, latitude, "2026-05-30T10:00:00Z");
    let answer = node.run(Some(&who.0), REPORT, json!({ "input": input })).await.unwrap();
    assert_eq!(answer["data"]["reportPet"]["userErrors"], json!([]), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_on_after_its_last_number_when_the_server_was_restarted_or_killed() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let mut node = installation.start().await;
    let ((ann, _), (bob, _)) = (node.member("ann").await, node.member("bob").await);
    reported(&node, &ann, "LOST", 30.2672).await;
    reported(&node, &bob, "FOUND", 30.2690).await;
    let mut script = alerts(&node.url, "ann@example.org", "correct horse");
    assert_eq!(numbers(&mut script, 1).await, [1]);

    let url = node.url.clone();
    assert!(node.terminate().await);
    node = installation.start_at(&url).await;
    reported(&node, &bob, "FOUND", 30.2691).await;
    assert_eq!(numbers(&mut script, 2).await, [1, 2]);

    node.kill();
    node = installation.start_at(&url).await;
    reported(&node, &bob, "FOUND", 30.2692).await;
    assert_eq!(numbers(&mut script, 3).await, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_on_with_a_new_token_when_the_old_one_has_ended() {
    let app = TestApp::with_workers().await;
    app.leave_work();
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    let mut script = alerts(&app.url, "ann@example.org", "the password of ann");
    assert_eq!(numbers(&mut script, 1).await, [1]);

    for round in 2..=3 {
        app.clock.advance(std::time::Duration::from_secs(16 * 60));
        let latitude = 30.2690 + f64::from(round) / 10_000.0;
        let bob = app.log_in_again(&bob).await;
        report(&app, &bob, dog("FOUND", latitude, "2026-05-30T18:00:00Z")).await;
        let expected: Vec<i32> = (1..=round).collect();
        assert_eq!(numbers(&mut script, round as usize).await, expected);
    }
}
