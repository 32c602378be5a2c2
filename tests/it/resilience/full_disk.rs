//! A disk that is full, or cannot be written to: nothing is acknowledged that is not there, reading goes on, and all is
//! well again when there is room.

use std::{collections::BTreeSet, fs};

use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    killed::everything_is_there,
    node::{Installation, Node},
    small_disk::SmallDisk,
};
use crate::support::{Bearer, FreshDatabase, LIMIT, Scratch, connect, until};

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { email } userErrors { field code } } }";

/// Who was told that they are members.
#[derive(Default)]
struct Members {
    asked: usize,
    acknowledged: BTreeSet<String>,
}

impl Members {
    /// One more asks; the code of the error, if it is refused.
    async fn register(&mut self, node: &Node) -> Option<Value> {
        self.asked += 1;
        let email = format!("member{}@example.org", self.asked);
        let input = json!({ "email": email, "password": "correct horse", "displayName": "Member" });
        let answer = node.run(None, REGISTER, json!({ "input": input })).await.unwrap();
        if answer["data"]["register"]["viewer"]["email"] == email {
            self.acknowledged.insert(email);
            return None;
        }
        Some(answer["errors"][0]["extensions"]["code"].clone())
    }

    async fn all_are_taken(&mut self, node: &Node) {
        for _ in 0..3 {
            assert_eq!(self.register(node).await, None);
        }
    }

    /// The log of SQLite may have some room left, so the first ones may still be taken.
    async fn all_are_refused(&mut self, node: &Node) {
        let mut refused = 0;
        until(LIMIT, "somebody is refused", async || {
            refused += usize::from(self.register(node).await.is_some());
            0 < refused
        })
        .await;
        for _ in 0..5 {
            assert_eq!(self.register(node).await, Some(json!("UNAVAILABLE")));
        }
    }
}

async fn readiness(node: &Node, expected: u16) {
    until(LIMIT, "the server says whether it takes writes", async || {
        node.readiness().await == expected
    })
    .await;
}

async fn reading_goes_on(node: &Node, ann: &Bearer) {
    let answer = node.run(Some(&ann.0), "{ viewer { email } }", json!({})).await.unwrap();
    assert_eq!(answer["data"]["viewer"]["email"], "ann@example.org", "{answer}");
}

/// Fills up, recovers, fills up again and is killed, fills up once more and is stopped.
async fn loses_nothing_on(scratch: &Scratch, disk: &SmallDisk, sync: &str) {
    let url = FreshDatabase::file(&disk.folder).url.clone();
    let installation = Installation::new(scratch.path(), &url).with("SWEETIE_SQLITE_SYNC", sync);
    let mut node = installation.start().await;
    let (ann, _) = node.member("ann").await;
    let mut members = Members::default();
    members.acknowledged.insert("ann@example.org".to_owned());
    members.all_are_taken(&node).await;

    disk.fill(&node);
    members.all_are_refused(&node).await;
    readiness(&node, 503).await;
    reading_goes_on(&node, &ann).await;
    disk.make_room(&node);
    readiness(&node, 200).await;
    members.all_are_taken(&node).await;

    disk.fill(&node);
    members.all_are_refused(&node).await;
    node.kill();
    disk.empty();
    let node = installation.start().await;
    members.all_are_taken(&node).await;

    disk.fill(&node);
    members.all_are_refused(&node).await;
    assert!(node.terminate().await, "an orderly end is a success");

    disk.empty();
    everything_is_there(&url, &members.acknowledged).await;
    let db = connect(&url).await;
    let stored = entity::member::Entity::find().all(db.read()).await.unwrap().len();
    assert_eq!(stored, members.acknowledged.len(), "who was refused is no member");
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged_and_does_no_harm_once_there_is_room() {
    let scratch = Scratch::new();
    let disk = SmallDisk::mounted(scratch.path());
    loses_nothing_on(&scratch, &disk, "normal").await;
}

#[tokio::test]
async fn a_disk_that_takes_no_more_loses_nothing_that_was_acknowledged_also_when_every_commit_waits_for_it() {
    let scratch = Scratch::new();
    let disk = SmallDisk::limited(scratch.path());
    loses_nothing_on(&scratch, &disk, "full").await;
}

#[tokio::test]
async fn a_file_that_was_moved_away_takes_no_writes_until_it_is_back() {
    let scratch = Scratch::new();
    let database = FreshDatabase::file(scratch.path());
    let node = Installation::new(scratch.path(), &database.url).start().await;
    let mut members = Members::default();
    members.all_are_taken(&node).await;
    let (here, away) = (scratch.path().join("sweetie.db"), scratch.path().join("away"));

    fs::rename(&here, &away).unwrap();
    members.all_are_refused(&node).await;
    readiness(&node, 503).await;
    fs::rename(&away, &here).unwrap();

    readiness(&node, 200).await;
    members.all_are_taken(&node).await;
    everything_is_there(&database.url, &members.acknowledged).await;
}
