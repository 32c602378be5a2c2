//! A database that was restored from a backup.

use sea_orm::{ConnectionTrait, Database};
use serde_json::json;

use super::node::{Installation, Node};
use crate::support::{FreshDatabase, LIMIT, Scratch};

async fn epoch(node: &Node) -> String {
    let answer = node.run(None, "{ epoch }", json!({})).await.unwrap();
    answer["data"]["epoch"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned()
}

#[tokio::test]
async fn another_history_begins_when_the_operator_says_so_and_not_with_a_start() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let node = installation.start().await;
    let first = epoch(&node).await;
    assert!(node.terminate().await);
    let node = installation.start().await;
    assert_eq!(epoch(&node).await, first);
    assert!(node.terminate().await);

    let printed = installation.command(&["mark-restored"]);

    let node = installation.start().await;
    let second = epoch(&node).await;
    assert_ne!(second, first);
    assert_eq!(printed, format!("a new history begins here: {second}\n"));
}

#[tokio::test]
async fn a_node_whose_database_is_restored_under_it_ends_to_be_started_anew() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let mut node = installation.start().await;
    epoch(&node).await;

    let backup = Database::connect(&database.url).await.unwrap();
    let restored = backup
        .execute_unprepared("UPDATE histories SET epoch = 'of the backup'")
        .await;
    assert_eq!(restored.unwrap().rows_affected(), 1);
    backup.close().await.unwrap();

    assert!(!node.ended(LIMIT).await.success());
    assert!(
        installation.log().contains("restored from a backup"),
        "{}",
        installation.log()
    );
}
