//! Somebody who stops reading their socket: nobody else notices, the server keeps little for them, and they miss nothing.

use std::time::Duration;

use futures_util::{
    SinkExt, StreamExt,
    future::{join, join_all},
};
use serde_json::{Value, json};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::Instant,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::node::{Installation, Node};
use crate::support::{FreshDatabase, LIMIT, Scratch, samples, until};

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { member { id } } tokens { accessToken } } }";
const START: &str =
    "mutation($input: StartGroupInput!) { startGroup(input: $input) { conversation { id } userErrors { message } } }";
const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) {
    message { sequence } userErrors { message } } }";
/// An event of some forty kilobytes.
const MESSAGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) { revision
    message { text a: text b: text c: text d: text e: text f: text g: text h: text i: text } } }";

/// Members who write; each may send 50 messages a minute.
const WRITERS: usize = 12;
/// Messages that each of them sends at a time: together some eight megabytes for each subscriber.
const EACH: usize = 16;
/// Those who stop reading: several, because the memory of a process goes up and down by more than one of them costs.
const SLOW: usize = 8;
/// How often a message is sent that the server does not take in its time.
const TRIES: usize = 3;
/// What the server may keep for somebody who does not read.
const MEBIBYTE: i64 = 1024 * 1024;

struct Group {
    node: Node,
    id: String,
    tokens: Vec<String>,
}

/// A subscriber over a connection that takes in little by itself.
struct Reader {
    member: usize,
    socket: WebSocketStream<TcpStream>,
    heard: Vec<(i64, String)>,
}

impl Group {
    async fn start(node: Node) -> Self {
        let mut members = Vec::new();
        for place in 0..WRITERS {
            let input = json!({ "email": format!("member{place}@example.org"), "password": "correct horse", "displayName": "member" });
            let registered = ask(&node, None, REGISTER, input).await;
            let text = |pointer| registered.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
            members.push((text("/register/viewer/member/id"), text("/register/tokens/accessToken")));
        }
        let (ids, tokens): (Vec<String>, Vec<String>) = members.into_iter().unzip();
        let input = json!({ "title": "Looking for Sweetie", "memberIds": ids[1..] });
        let started = ask(&node, Some(&tokens[0]), START, input).await;
        let id = started["startGroup"]["conversation"]["id"].as_str().unwrap().to_owned();
        Self { node, id, tokens }
    }

    /// Everybody sends their messages of this round.
    async fn write(&self, round: usize) {
        join_all((0..WRITERS).map(async |writer| {
            for number in 0..EACH {
                self.send(writer, &text(round, writer, number)).await;
            }
        }))
        .await;
    }

    /// Sends a message. Whoever is told that it took too long, as on a machine that is busy with other tests, sends it
    /// once more with the same key, its beginning, as clients do.
    async fn send(&self, writer: usize, text: &str) {
        let input =
            json!({ "conversationId": self.id, "text": text, "clientKey": text.chars().take(8).collect::<String>() });
        let token = Some(self.tokens[writer].as_str());
        for _ in 0..TRIES {
            let sent = self.node.run(token, SEND, json!({ "input": input })).await.unwrap();
            if sent["errors"][0]["extensions"]["code"] != "TIMEOUT" {
                assert_eq!(sent["data"]["sendMessage"]["userErrors"], json!([]), "{sent}");
                return;
            }
        }
        panic!("the message was not taken in {TRIES} tries");
    }

    async fn subscribe(&self, member: usize, after: i64) -> Reader {
        let stream = TcpSocket::new_v4().unwrap();
        // Somebody who stops reading should not have much on their side of the wire.
        stream.set_recv_buffer_size(64 * 1024).unwrap();
        let address = self.node.url.trim_start_matches("http://").parse().unwrap();
        let stream = stream.connect(address).await.unwrap();
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        let subprotocol = "graphql-transport-ws".parse().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", subprotocol);
        let (mut socket, _) = client_async(request, stream).await.unwrap();
        let payload = json!({ "authorization": format!("Bearer {}", self.tokens[member]) });
        let payload_of_stream = json!({ "query": MESSAGES, "variables": { "id": self.id, "after": after } });
        for message in [
            json!({ "type": "connection_init", "payload": payload }),
            json!({ "type": "subscribe", "id": "1", "payload": payload_of_stream }),
        ] {
            socket.send(Message::text(message.to_string())).await.unwrap();
        }
        Reader {
            member,
            socket,
            heard: Vec::new(),
        }
    }

    /// Everybody writes while that one reads; how long it was behind when the last one had written.
    async fn write_while_reading(&self, round: usize, reader: &mut Reader) -> Duration {
        let written = async {
            self.write(round).await;
            Instant::now()
        };
        let read = async {
            reader.read_until(messages(round + 1)).await;
            Instant::now()
        };
        let (written, read) = join(written, read).await;
        read.saturating_duration_since(written)
    }

    /// Reads on to the end, over another socket if this one was closed.
    async fn catch_up(&self, reader: &mut Reader, count: usize) {
        while reader.heard.len() < count {
            if !reader.read().await {
                let after = reader.heard.last().unwrap().0;
                reader.socket = self.subscribe(reader.member, after).await.socket;
            }
        }
    }

    /// Open sockets, as the node counts them.
    async fn sockets(&self) -> f64 {
        let metrics = self.node.client.get(&self.node.metrics);
        samples(&metrics.send().await.unwrap().text().await.unwrap())["sweetie_sockets"]
    }
}

/// How many messages there are after so many rounds: the first one says that the group was started.
fn messages(rounds: usize) -> usize {
    1 + rounds * WRITERS * EACH
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_reading_costs_others_nothing_and_resumes_whole() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url).with("SWEETIE_NEW_ACCOUNT_HOURS", 0);
    let group = Group::start(installation.start().await).await;
    let mut other = group.subscribe(0, 0).await;
    let mut slow = join_all((1..=SLOW).map(|member| group.subscribe(member, 0))).await;

    // All read: this is what the traffic itself costs.
    let reading = join_all(slow.iter_mut().map(|slow| slow.read_until(messages(1))));
    join(group.write_while_reading(0, &mut other), reading).await;
    let busy = group.node.memory();

    // Some do not read for a while, and then go on.
    let behind = group.write_while_reading(1, &mut other).await;
    let kept = (group.node.memory() - busy) / SLOW as i64;
    println!(
        "{SLOW} slow readers: {} KiB are kept for each; the other was {behind:?} behind",
        kept / 1024
    );
    assert!(behind < LIMIT, "the other had to wait");
    assert!(kept <= MEBIBYTE, "{} KiB are kept", kept / 1024);
    join_all(slow.iter_mut().map(|slow| group.catch_up(slow, messages(2)))).await;

    // They do not read for so long that the server gives them up.
    let behind = group.write_while_reading(2, &mut other).await;
    assert!(behind < LIMIT, "the other had to wait");
    until(10 * LIMIT, "the server has given the slow ones up", async || {
        group.sockets().await <= 1.0
    })
    .await;
    join_all(slow.iter_mut().map(|slow| group.catch_up(slow, messages(3)))).await;
    for reader in slow.iter().chain([&other]) {
        assert_whole(&reader.heard, 3);
    }
    assert!(!group.node.log().contains("panicked"), "{}", group.node.log());
}

impl Reader {
    /// Reads one message of the conversation; false when the server has closed the socket.
    async fn read(&mut self) -> bool {
        loop {
            let Some(Ok(frame)) = self.socket.next().await else {
                return false;
            };
            let Message::Text(frame) = frame else { continue };
            let message: Value = serde_json::from_str(&frame).unwrap();
            if message["type"] == "connection_ack" {
                continue;
            }
            let event = &message["payload"]["data"]["messages"];
            let text = event["message"]["text"].as_str().unwrap_or_else(|| panic!("{message}"));
            assert_eq!(event["message"]["i"], text);
            self.heard.push((event["revision"].as_i64().unwrap(), text.to_owned()));
            return true;
        }
    }

    /// Reads until it has heard so many messages.
    async fn read_until(&mut self, count: usize) {
        while self.heard.len() < count {
            let read = tokio::time::timeout(4 * LIMIT, self.read()).await;
            assert!(
                read.expect("nothing comes any more"),
                "the socket was closed after {}",
                self.heard.len()
            );
        }
    }
}

/// A thousand characters, told apart by their beginning, with characters that take two to four bytes and few words to index.
fn text(round: usize, writer: usize, number: usize) -> String {
    let beginning = format!("{round} {writer} {number} ");
    let dogs = "\u{1f415}ñ€".chars().cycle();
    beginning.chars().chain(dogs).take(1_000).collect()
}

async fn ask(node: &Node, token: Option<&str>, query: &str, input: Value) -> Value {
    let mut answer = node.run(token, query, json!({ "input": input })).await.unwrap();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].take()
}

fn assert_whole(heard: &[(i64, String)], rounds: usize) {
    let revisions: Vec<i64> = heard.iter().map(|(revision, _)| *revision).collect();
    assert_eq!(
        revisions,
        (1..=revisions.len() as i64).collect::<Vec<_>>(),
        "in order and without gaps"
    );
    let mut texts: Vec<&str> = heard.iter().map(|(_, text)| text.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), messages(rounds), "each message once");
}
