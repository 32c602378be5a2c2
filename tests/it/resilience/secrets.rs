//! All nodes have one secret, and it can be changed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::node::{Installation, Node};
use crate::support::{Bearer, FreshDatabase, LIMIT, Scratch};

const FIRST: &str = "the first secret of this installation";
const SECOND: &str = "the second secret of this installation";

async fn is_logged_in(node: &Node, token: &Bearer) -> bool {
    let answer = node
        .run(Some(&token.0), "{ viewer { email } }", json!({}))
        .await
        .unwrap();
    answer["data"]["viewer"]["email"].is_string()
}

/// The names of the published keys.
async fn key_ids(node: &Node) -> BTreeSet<String> {
    let response = node.client.get(format!("{}/.well-known/jwks.json", node.url)).send();
    let set: Value = response.await.unwrap().json().await.unwrap();
    let keys = set["keys"].as_array().unwrap().iter();
    keys.map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_node_with_another_secret_does_not_start_unless_it_knows_the_one_before() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let with = |secret| Installation::new(scratch.path(), &database.url).with("SWEETIE_SECRET", secret);
    let node = with(FIRST).start().await;
    let (ann, _) = node.member("ann").await;
    let first = key_ids(&node).await;
    assert_eq!(first.len(), 3);
    assert!(node.terminate().await);
    let refused = async |installation: Installation| {
        assert!(!installation.spawn().ended(LIMIT).await.success());
        let said = installation.log();
        assert!(
            said.contains("SWEETIE_SECRET: ") && said.contains("SWEETIE_OLD_SECRET"),
            "{said}"
        );
        assert!(!said.contains(FIRST) && !said.contains(SECOND), "{said}");
    };

    refused(with(SECOND)).await;
    let node = with(SECOND).with("SWEETIE_OLD_SECRET", FIRST).start().await;
    assert!(is_logged_in(&node, &ann).await, "what the former secret signed is good");
    let (bob, _) = node.member("bob").await;
    let both = key_ids(&node).await;
    assert!(
        both.len() == 6 && first.is_subset(&both),
        "the keys of both are published"
    );
    assert!(node.terminate().await);

    refused(with(FIRST)).await;
    let node = with(SECOND).start().await;
    assert!(is_logged_in(&node, &bob).await);
    assert!(
        !is_logged_in(&node, &ann).await,
        "nothing knows the former secret any more"
    );
    let second = key_ids(&node).await;
    assert!(second.is_subset(&both) && second.is_disjoint(&first));
}

#[tokio::test]
async fn a_lost_answer_with_new_tokens_is_given_again_after_the_secret_was_changed() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let with = |secret| Installation::new(scratch.path(), &database.url).with("SWEETIE_SECRET", secret);
    let node = with(FIRST).start().await;
    let register = "mutation { register(input: { email: \"ann@example.org\", password: \"correct horse\",
        displayName: \"ann\" }) { tokens { refreshToken } } }";
    let registered = node.run(None, register, json!({})).await.unwrap();
    let token = registered["data"]["register"]["tokens"]["refreshToken"]
        .as_str()
        .unwrap();
    let refreshed = async |node: &Node| {
        let refresh = "mutation($token: String!) { refreshTokens(input: { refreshToken: $token }) {
            tokens { refreshToken } userErrors { code } } }";
        let answer = node.run(None, refresh, json!({ "token": token })).await.unwrap();
        answer["data"]["refreshTokens"].clone()
    };
    let lost = refreshed(&node).await;
    assert!(node.terminate().await);

    let node = with(SECOND).with("SWEETIE_OLD_SECRET", FIRST).start().await;

    assert!(lost["tokens"]["refreshToken"].is_string(), "{lost}");
    assert_eq!(refreshed(&node).await, lost);
}

#[tokio::test]
async fn after_a_leak_no_server_has_to_start_with_the_former_secret() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let with = |secret| Installation::new(scratch.path(), &database.url).with("SWEETIE_SECRET", secret);
    let node = with(FIRST).start().await;
    let (ann, _) = node.member("ann").await;
    assert!(node.terminate().await);

    with(SECOND).with("SWEETIE_OLD_SECRET", FIRST).command(&["migrate"]);

    let node = with(SECOND).start().await;
    assert!(!is_logged_in(&node, &ann).await);
}
