//! A claim whose every step is cut off by `kill -9` happens once.

use std::time::Duration;

use serde_json::{Value, json};

use super::node::{Installation, Node};
use crate::{
    matching::dog,
    support::{FreshDatabase, LIMIT, Scratch, until},
};

const REPORT: &str = "mutation($input: ReportPetInput!) { reportPet(input: $input) { pet { id } } }";
const MATCHES: &str = "{ viewer { matches(minimumBand: WEAK) { nodes { id } } } }";
const OPEN: &str = "mutation($input: OpenClaimInput!) { openClaim(input: $input) {
    claim { id state } userErrors { field code message } } }";
const ANSWER: &str = "mutation($input: AnswerClaimInput!) { answerClaim(input: $input) {
    claim { id state } userErrors { field code message } } }";
const JUDGE: &str = "mutation($input: JudgeClaimInput!) { judgeClaim(input: $input) {
    claim { id state } userErrors { field code message } } }";
const TOLD: &str = "{ viewer { notifications(first: 100) { nodes { kind title } } claims { totalCount } } }";

/// Sends a request, kills the process at any moment of it, and sends the request again to the next process.
async fn cut_and_repeat(installation: &Installation, node: &mut Node, token: &str, request: (&str, Value)) -> Value {
    let (document, input) = request;
    let variables = json!({ "input": input });
    let moment = Duration::from_micros(rand::random_range(0..15_000));
    let _ = tokio::time::timeout(moment, node.run(Some(token), document, variables.clone())).await;
    node.kill();
    *node = installation.start().await;
    let mut answer = node.run(Some(token), document, variables).await.unwrap();
    let payload = answer["data"]
        .as_object_mut()
        .expect("data")
        .values_mut()
        .next()
        .unwrap()
        .take();
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    payload["claim"].clone()
}

async fn told(node: &Node, token: &str) -> usize {
    let answer = node.run(Some(token), TOLD, json!({})).await.unwrap();
    assert_eq!(answer["data"]["viewer"]["claims"]["totalCount"], 1, "{answer}");
    let all = answer["data"]["viewer"]["notifications"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    all.iter().filter(|one| one["kind"] == "CLAIM").count()
}

#[tokio::test]
async fn each_step_of_a_claim_that_is_cut_off_happens_once() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let mut node = installation.start().await;
    let ((ann, _), (bob, _)) = (node.member("ann").await, node.member("bob").await);
    let lost = dog("LOST", 30.2672, "2026-05-30T10:00:00Z");
    let found = dog("FOUND", 30.2690, "2026-05-30T18:00:00Z");
    for (token, report) in [(&ann.0, lost), (&bob.0, found)] {
        node.run(Some(token), REPORT, json!({ "input": report })).await.unwrap();
    }
    until(LIMIT, "the two reports match", async || {
        let answer = node.run(Some(&ann.0), MATCHES, json!({})).await.unwrap();
        answer["data"]["viewer"]["matches"]["nodes"][0]["id"].is_string()
    })
    .await;
    let answer = node.run(Some(&ann.0), MATCHES, json!({})).await.unwrap();
    let id = &answer["data"]["viewer"]["matches"]["nodes"][0]["id"];

    let open = json!({ "matchId": id, "idempotencyKey": "one" });
    let claim = cut_and_repeat(&installation, &mut node, &ann.0, (OPEN, open)).await;
    let answers = json!({ "id": claim["id"], "answers": [{ "number": 1, "answer": "She limps" }] });
    let answered = cut_and_repeat(&installation, &mut node, &ann.0, (ANSWER, answers)).await;
    let accept = json!({ "id": claim["id"], "accept": true });
    let judged = cut_and_repeat(&installation, &mut node, &bob.0, (JUDGE, accept)).await;

    assert_eq!(
        (&answered["state"], &judged["state"]),
        (&json!("ANSWERED"), &json!("ACCEPTED"))
    );
    until(Duration::from_secs(60), "the claimant is told", async || {
        told(&node, &ann.0).await == 1
    })
    .await;
    assert!(
        told(&node, &bob.0).await <= 1,
        "at most one notification for one answer"
    );
    assert!(node.terminate().await, "an orderly end is a success");
}
