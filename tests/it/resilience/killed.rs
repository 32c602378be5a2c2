//! `kill -9` at any moment loses nothing that was acknowledged.

use std::{collections::BTreeSet, time::Duration};

use entity::event;
use futures_util::{StreamExt, stream::FuturesUnordered};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::node::{Installation, Node};
use crate::support::{FreshDatabase, Scratch, connect, until};

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { email } userErrors { field code } } }";

/// Kills; each with requests under way.
const ROUNDS: usize = 6;
const AT_ONCE: usize = 4;

/// Registers one member after the other until the process is dead; gives the addresses that were acknowledged.
async fn register_until_dead(node: &Node, round: usize, most: usize) -> BTreeSet<String> {
    let mut under_way = FuturesUnordered::new();
    let mut acknowledged = BTreeSet::new();
    let mut next = 0;
    while acknowledged.len() < most {
        while under_way.len() < AT_ONCE {
            let email = format!("member-{round}-{next}@example.org");
            next += 1;
            let input = json!({ "email": email, "password": "correct horse", "displayName": "Member" });
            under_way.push(async move { node.run(None, REGISTER, json!({ "input": input })).await });
        }
        let answer = under_way.next().await.unwrap().expect("the process lives");
        let email = answer["data"]["register"]["viewer"]["email"].as_str();
        acknowledged.insert(email.unwrap_or_else(|| panic!("{answer}")).to_owned());
    }
    acknowledged
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_kill_9() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut node = installation.start().await;
        let most = rand::random_range(1..12);
        acknowledged.append(&mut register_until_dead(&node, round, most).await);
        // The others that are under way are cut off wherever they are.
        node.kill();
    }
    let node = installation.start().await;
    everything_is_there(&database.url, &acknowledged).await;
    every_mail_is_sent(scratch.path(), &acknowledged).await;
    assert!(node.terminate().await, "an orderly end is a success");
}

pub(super) async fn everything_is_there(database_url: &str, acknowledged: &BTreeSet<String>) {
    let db = connect(database_url).await;
    let members = entity::member::Entity::find().all(db.read()).await.unwrap();
    let stored: BTreeSet<String> = members.iter().map(|member| member.email.clone()).collect();
    assert_eq!(
        acknowledged.difference(&stored).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );

    let log = event::Entity::find()
        .order_by_asc(event::Column::Number)
        .all(db.read())
        .await
        .unwrap();
    let numbers: Vec<i64> = log.iter().map(|event| event.number).collect();
    assert_eq!(
        numbers,
        (1..=numbers.len() as i64).collect::<Vec<_>>(),
        "the log has no gaps"
    );
    let registered = log.iter().filter(|event| event.kind == "member_registered").count();
    assert_eq!(registered, members.len(), "each member is announced once");
    db.close().await.unwrap();
}

/// Jobs whose worker was killed are taken over when their lease is over.
async fn every_mail_is_sent(folder: &std::path::Path, acknowledged: &BTreeSet<String>) {
    let outbox = folder.join("data/outbox/mail");
    until(Duration::from_secs(60), "every member has a mail", async || {
        let mails = std::fs::read_dir(&outbox)
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()));
        let all: String = mails.filter_map(Result::ok).collect();
        acknowledged.iter().all(|email| all.contains(email))
    })
    .await;
}
