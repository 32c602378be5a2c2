//! Several processes at once.

use futures_util::future::join_all;
use serde_json::json;

use super::node::{Installation, Node};
use crate::support::{FreshDatabase, Scratch};

#[tokio::test]
async fn processes_that_start_together_on_an_empty_database_all_work() {
    let scratch = Scratch::new();
    let database = FreshDatabase::empty(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    // A file has one server.
    let count = if database.url.starts_with("sqlite:") { 1 } else { 3 };
    let mut nodes: Vec<Node> = (0..count).map(|_| installation.spawn()).collect();
    join_all(nodes.iter_mut().map(Node::ready)).await;

    let register = "mutation($email: EmailAddress!) { register(input: { email: $email, password: \"correct horse\", displayName: \"Member\" }) {
        tokens { accessToken } userErrors { code } } }";
    for (number, node) in nodes.iter().enumerate() {
        let answer = node
            .run(
                None,
                register,
                json!({ "email": format!("member{number}@example.org") }),
            )
            .await
            .unwrap();
        let token = answer["data"]["register"]["tokens"]["accessToken"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"));
        let other = &nodes[(number + 1) % nodes.len()];
        let seen = other.run(Some(token), "{ viewer { email } }", json!({})).await.unwrap();
        assert_eq!(
            seen["data"]["viewer"]["email"],
            format!("member{number}@example.org"),
            "a token is good on every node"
        );
    }
    assert!(!nodes[0].log().contains("panicked"), "{}", nodes[0].log());
}
