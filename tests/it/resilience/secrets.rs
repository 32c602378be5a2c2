//! All nodes have one secret, and it can be changed.

use serde_json::json;

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

#[tokio::test]
async fn a_node_with_another_secret_does_not_start_unless_it_knows_the_one_before() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let with = |secret| Installation::new(scratch.path(), &database.url).with("SWEETIE_SECRET", secret);
    let node = with(FIRST).start().await;
    let (ann, _) = node.member("ann").await;
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
    assert!(node.terminate().await);

    refused(with(FIRST)).await;
    let node = with(SECOND).start().await;
    assert!(is_logged_in(&node, &bob).await);
    assert!(
        !is_logged_in(&node, &ann).await,
        "nothing knows the former secret any more"
    );
}
