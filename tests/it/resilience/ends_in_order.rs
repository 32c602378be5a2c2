//! SIGTERM: what is under way is finished or handed on, and the process ends well and in time.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::Instant,
};

use super::node::{Installation, Node};
use crate::support::{Bearer, FreshDatabase, LIMIT, Scratch, Socket, redis_url, until};

/// A request whose body the server has begun to wait for.
struct HalfSent {
    connection: TcpStream,
    rest: &'static [u8],
}

impl HalfSent {
    async fn to(node: &Node) -> Self {
        let rest = br#"{"query":"{ __typename }"}"#;
        let address = node.url.strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            rest.len()
        );
        connection.write_all(head.as_bytes()).await.unwrap();
        let mut buffer = [0; 256];
        let length = connection.read(&mut buffer).await.unwrap();
        assert!(
            buffer[..length].starts_with(b"HTTP/1.1 100 "),
            "the server waits for the body"
        );
        Self { connection, rest }
    }

    async fn finish(mut self) -> String {
        self.connection.write_all(self.rest).await.unwrap();
        let mut answer = String::new();
        self.connection.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

async fn refuses_connections(node: &Node) {
    let address = node.url.strip_prefix("http://").unwrap();
    until(LIMIT, "nobody is let in any more", async || {
        TcpStream::connect(address).await.is_err()
    })
    .await;
}

async fn ready(node: &Node, path: &str) -> u16 {
    let answer = node.client.get(format!("{}/health/{path}", node.url)).send().await;
    answer.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_request_under_way_is_answered_and_sockets_are_told_to_reconnect() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let mut node = Installation::new(scratch.path(), &database.url).start().await;
    let (ann, _) = node.member("ann").await;
    let mut socket = Socket::open(&node.url, &ann).await;
    let _stream = socket.subscribe("subscription { conversationUpdates { id } }", json!({}));
    socket.settle().await;
    let request = HalfSent::to(&node).await;

    node.ask_to_end();

    assert_eq!(socket.closed().await, 1001);
    refuses_connections(&node).await;
    let answer = request.finish().await;
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.ends_with(r#"{"data":{"__typename":"Query"}}"#),
        "{answer}"
    );
    assert_eq!(node.ended(LIMIT).await.code(), Some(0), "{}", node.log());
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_process() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let mut node = installation.with("SWEETIE_SHUTDOWN_GRACE", "1").start().await;
    let _request = HalfSent::to(&node).await;

    node.ask_to_end();

    // A body may take 10 seconds: longer than this.
    assert_eq!(node.ended(LIMIT).await.code(), Some(0), "{}", node.log());
}

#[tokio::test]
async fn during_the_notice_it_is_not_ready_and_works_and_a_second_request_ends_it_at_once() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url);
    let mut node = installation.with("SWEETIE_SHUTDOWN_NOTICE", "300").start().await;
    let (ann, _) = node.member("ann").await;
    let socket = Socket::open(&node.url, &ann).await;
    assert_eq!(ready(&node, "ready").await, 200);

    node.ask_to_end();

    until(LIMIT, "load balancers are told", async || {
        ready(&node, "ready").await == 503
    })
    .await;
    assert_eq!(ready(&node, "live").await, 200);
    let (bob, _) = node.member("bob").await;
    let mut later = Socket::open(&node.url, &bob).await;
    later.settle().await;
    assert!(socket.is_open());

    node.ask_to_end();

    assert_eq!(
        node.ended(LIMIT).await.code(),
        Some(1),
        "it says that it did not end in order"
    );
}

/// The mails that a node without an SMTP server has "sent".
fn mails(folder: &std::path::Path) -> String {
    let Ok(outbox) = std::fs::read_dir(folder.join("data/outbox/mail")) else {
        return String::new();
    };
    let read = outbox.map(|entry| std::fs::read_to_string(entry.unwrap().path()));
    read.filter_map(Result::ok).collect()
}

#[tokio::test]
async fn a_job_under_way_is_done_by_another_node_at_once() {
    let (scratch, others) = (Scratch::new(), Scratch::new());
    let Some(database) = FreshDatabase::for_several_nodes(scratch.path()).await else {
        return;
    };
    let other = Installation::new(others.path(), &database.url).start().await;
    // A relay for mail that takes the connection and never says a word.
    let relay = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", relay.local_addr().unwrap());
    let installation = Installation::new(scratch.path(), &database.url).with("SWEETIE_SMTP_URL", url);
    let mut node = installation.with("SWEETIE_SHUTDOWN_GRACE", "1").start().await;
    let mut names = Vec::new();
    let mut held = None;
    // The other node may be quicker: then it goes on with another member.
    until(Duration::from_secs(30), "this node has a job under way", async || {
        let name = format!("member{}", names.len());
        node.member(&name).await;
        names.push(name);
        held = tokio::time::timeout(Duration::from_millis(500), relay.accept())
            .await
            .ok();
        held.is_some()
    })
    .await;

    node.ask_to_end();
    assert_eq!(node.ended(LIMIT).await.code(), Some(0), "{}", node.log());
    let ended = Instant::now();

    // Without being handed back it would stay with its lease for ten seconds more at least.
    until(LIMIT, "the other node has sent every mail", async || {
        let sent = mails(others.path());
        names.iter().all(|name| sent.contains(&format!("{name}@example.org")))
    })
    .await;
    assert!(ended.elapsed() < LIMIT);
    drop(other);
}

async fn is_online(node: &Node, viewer: &Bearer, member: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Member { presence { online } } } }";
    let token = viewer.0.as_str();
    let answer = node.run(Some(token), query, json!({ "id": member })).await.unwrap();
    answer["data"]["node"]["presence"]["online"].clone()
}

#[tokio::test]
async fn members_of_a_node_that_ends_are_offline_on_the_others_at_once() {
    let scratch = Scratch::new();
    let Some(database) = FreshDatabase::for_several_nodes(scratch.path()).await else {
        return;
    };
    let installation = Installation::new(scratch.path(), &database.url)
        .with("SWEETIE_REDIS_URL", redis_url())
        .with("SWEETIE_PRESENCE_LEASE", "3600")
        .with("SWEETIE_NEW_ACCOUNT_HOURS", "0");
    let (other, mut node) = (installation.start().await, installation.start().await);
    let ((ann, _), (bob, bob_id)) = (other.member("ann").await, other.member("bob").await);
    let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
        conversation { id } userErrors { code } } }";
    let input = json!({ "input": { "memberId": bob_id, "text": "hello" } });
    let started = other.run(Some(&ann.0), start, input).await.unwrap();
    let id = &started["data"]["startConversation"]["conversation"]["id"];
    let answer = "mutation($id: ID!) { sendMessage(input: { conversationId: $id, text: \"hello ann\" }) {
        message { id } userErrors { code } } }";
    let answered = other.run(Some(&bob.0), answer, json!({ "id": id })).await.unwrap();
    assert!(
        answered["data"]["sendMessage"]["message"]["id"].is_string(),
        "{answered}"
    );
    let watching = Socket::open(&other.url, &ann).await;
    let follow = "subscription($ids: [ID!]!) { presence(memberIds: $ids) { presence { online } } }";
    let mut stream = watching.subscribe(follow, json!({ "ids": [bob_id] }));
    let mut of_bob = Socket::open(&node.url, &bob).await;
    assert_eq!(stream.next().await["presence"]["presence"]["online"], true);

    node.ask_to_end();

    assert_eq!(of_bob.closed().await, 1001);
    assert_eq!(stream.next().await["presence"]["presence"]["online"], false);
    assert_eq!(is_online(&other, &ann, &bob_id).await, false);
    assert_eq!(node.ended(LIMIT).await.code(), Some(0), "{}", node.log());
}
