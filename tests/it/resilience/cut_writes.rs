//! Requests that are given up at any moment.

use std::{collections::BTreeSet, time::Duration};

use entity::cursor;
use finding_sweetie::kernel::{Error, Result};
use futures_util::{StreamExt, stream};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::node::{Installation, Node};
use crate::{
    pets::lost,
    support::{FreshDatabase, Scratch, TestApp},
};

const WRITES: usize = 3_000;
const AT_ONCE: usize = 6;
const FAVORITE: &str = "mutation($input: FavoritePetInput!) { favoritePet(input: $input) { pet { id } } }";
const REPORT: &str = "mutation($input: ReportPetInput!) { reportPet(input: $input) { pet { id } } }";

async fn pet(node: &Node, token: &str) -> Value {
    let answer = node.run(Some(token), REPORT, json!({ "input": lost() })).await.unwrap();
    answer["data"]["reportPet"]["pet"]["id"].clone()
}

/// Sends a request and goes away after a while, whether there is an answer or not.
async fn cut(address: &str, token: &str, variables: Value, after: Duration) {
    let body = json!({ "query": FAVORITE, "variables": variables }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all((head + &body).as_bytes()).await.unwrap();
    let _ = timeout(after, connection.read_to_end(&mut Vec::new())).await;
}

#[tokio::test]
async fn requests_that_are_cut_leave_no_transaction_open() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let node = Installation::new(scratch.path(), &database.url).start().await;
    let ((ann, _), (bob, _)) = (node.member("ann").await, node.member("bob").await);
    let pet = pet(&node, &ann.0).await;
    let address = node.url.strip_prefix("http://").unwrap();

    let writes = (0..WRITES).map(|number| {
        let input = json!({ "input": { "petId": pet, "favorite": number % 2 == 0 } });
        cut(
            address,
            &bob.0,
            input,
            Duration::from_micros(rand::random_range(0..12_000)),
        )
    });
    stream::iter(writes).buffer_unordered(AT_ONCE).collect::<()>().await;

    let input = json!({ "input": { "petId": pet, "favorite": true } });
    let answer = node.run(Some(&bob.0), FAVORITE, input).await.unwrap();
    assert_eq!(answer["data"]["favoritePet"]["pet"]["id"], pet, "{answer}");
    let said = node.log();
    assert!(!said.contains("transaction in progress"), "{said}");
}

async fn write_down(app: &TestApp, number: usize) -> Result<()> {
    let row = cursor::ActiveModel {
        name: Set(format!("writer {number}")),
        value: Set(1),
    };
    let write = app.deps.write(async |tx| {
        cursor::Entity::insert(row).exec_without_returning(tx).await?;
        // Some fail, so that a transaction of others would take theirs with it.
        if number.is_multiple_of(5) {
            Err(Error::NotFound("pet"))
        } else {
            Ok(())
        }
    });
    write.await
}

#[tokio::test]
async fn nothing_is_acknowledged_that_another_who_gives_up_could_take() {
    let app = TestApp::new().await;
    let writes = (0..WRITES).map(|number| {
        let (app, patience) = (&app, Duration::from_micros(rand::random_range(0..4_000)));
        async move { (number, timeout(patience, write_down(app, number)).await) }
    });
    let ends: Vec<_> = stream::iter(writes).buffer_unordered(AT_ONCE).collect().await;

    let acknowledged = ends.iter().filter(|(_, end)| matches!(end, Ok(Ok(()))));
    let acknowledged: BTreeSet<String> = acknowledged.map(|(number, _)| format!("writer {number}")).collect();
    let rows = cursor::Entity::find().all(app.deps.db.read()).await.unwrap();
    let stored: BTreeSet<String> = rows.into_iter().map(|row| row.name).collect();
    assert_eq!(acknowledged.difference(&stored).count(), 0);
    let failed = (0..WRITES).step_by(5).map(|number| format!("writer {number}"));
    assert_eq!(
        failed.filter(|name| stored.contains(name)).count(),
        0,
        "what failed is not there"
    );
    assert!(
        !acknowledged.is_empty() && acknowledged.len() < WRITES,
        "{}",
        acknowledged.len()
    );
}

#[tokio::test]
async fn after_a_statement_that_failed_nothing_of_the_transaction_is_acknowledged() {
    let app = TestApp::new().await;
    let done = app.deps.write(async |tx| {
        let row = || cursor::ActiveModel {
            name: Set("writer".to_owned()),
            value: Set(1),
        };
        cursor::Entity::insert(row()).exec_without_returning(tx).await?;
        // Somebody does not look at the error.
        let _ = cursor::Entity::insert(row()).exec_without_returning(tx).await;
        Ok(())
    });

    assert!(done.await.is_err());
    let rows = cursor::Entity::find().all(app.deps.db.read()).await.unwrap();
    assert!(rows.iter().all(|row| row.name != "writer"));
}
