//! Two real nodes whose Redis, or a part of whose Redis Cluster, ends, freezes and comes back.

use std::time::Duration;

use futures_util::{StreamExt, stream::FuturesUnordered};
use serde_json::{Value, json};
use tokio::time::Instant;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use super::node::{Installation, Node};
use crate::support::{FreshDatabase, OwnCluster, OwnRedis, Scratch, Socket, Stream, until};

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { member { id } } tokens { accessToken } userErrors { code } } }";
const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } userErrors { code } } }";
const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) {
    message { sequence } userErrors { code } } }";
const MESSAGES: &str = "subscription($id: ID!) { messages(conversationId: $id) { message { text } } }";

/// Nodes look by themselves each second. What is promised is two; a busy machine gets more.
const SLOW: Duration = Duration::from_secs(4);
const AWAY: &str = "Redis is away";
/// A node notices at the latest when it does not hear itself, within some seconds.
const NOTICED: Duration = Duration::from_secs(30);
const BACK: Duration = Duration::from_secs(60);
/// Below the 50 a minute that a member may send, for both outages together.
const MESSAGES_PER_OUTAGE: usize = 6;
const REQUESTS_PER_OUTAGE: usize = 300;

struct Member {
    id: String,
    token: String,
}

async fn member(node: &Node, name: &str) -> Member {
    let email = format!("{name}@example.org");
    let input = json!({ "email": email, "password": "correct horse", "displayName": name });
    let answer = node.run(None, REGISTER, json!({ "input": input })).await.unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let registered = &answer["data"]["register"];
    Member {
        id: text(&registered["viewer"]["member"]["id"]),
        token: text(&registered["tokens"]["accessToken"]),
    }
}

async fn socket(node: &Node, member: &Member) -> Socket {
    let url = format!("{}/graphql", node.url.replace("http://", "ws://"));
    let mut request = url.into_client_request().unwrap();
    let protocol = "graphql-transport-ws".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let mut socket = Socket::over(connect_async(request).await.unwrap().0);
    let payload = json!({ "authorization": format!("Bearer {}", member.token) });
    socket.say(json!({ "type": "connection_init", "payload": payload }));
    assert_eq!(socket.hear().await["type"], "connection_ack");
    socket
}

/// A conversation that one member writes on one node and another follows on the other.
struct Talk {
    from: Node,
    to: Node,
    sender: Member,
    conversation: String,
    heard: Stream,
    _socket: Socket,
}

impl Talk {
    async fn start(from: Node, to: Node) -> Self {
        let (sender, reader) = (member(&from, "ann").await, member(&to, "bob").await);
        let input = json!({ "memberId": reader.id, "text": "hello" });
        let answer = from
            .run(Some(&sender.token), START, json!({ "input": input }))
            .await
            .unwrap();
        let conversation = answer["data"]["startConversation"]["conversation"]["id"].as_str();
        let conversation = conversation.unwrap_or_else(|| panic!("{answer}")).to_owned();
        let mut socket = socket(&to, &reader).await;
        let heard = socket.subscribe(MESSAGES, json!({ "id": conversation }));
        socket.settle().await;
        Self {
            from,
            to,
            sender,
            conversation,
            heard,
            _socket: socket,
        }
    }

    /// Sends that text and waits until it is heard; how long both took.
    async fn say(&mut self, text: &str) -> (Duration, Duration) {
        let start = Instant::now();
        let input = json!({ "conversationId": self.conversation, "text": text });
        let sending = self.from.run(Some(&self.sender.token), SEND, json!({ "input": input }));
        let answer = sending.await.unwrap();
        assert!(answer["data"]["sendMessage"]["message"].is_object(), "{answer}");
        let sent = start.elapsed();
        assert_eq!(
            self.heard.next().await["messages"]["message"]["text"],
            text,
            "in order and once"
        );
        (sent, start.elapsed() - sent)
    }

    /// What is said, and many other requests on both nodes, while Redis is away.
    async fn goes_on(&mut self, outage: &str) {
        let token = self.sender.token.clone();
        let urls = [self.from.url.clone(), self.to.url.clone()];
        let client = self.from.client.clone();
        let requests: FuturesUnordered<_> = (0..REQUESTS_PER_OUTAGE)
            .map(|number| {
                let request = client.post(format!("{}/graphql", urls[number % 2])).bearer_auth(&token);
                let request = request.json(&json!({ "query": "{ viewer { unreadMessageCount } }" }));
                async move { request.send().await.unwrap().status() }
            })
            .collect();
        let requests = tokio::spawn(requests.collect::<Vec<_>>());
        for number in 0..MESSAGES_PER_OUTAGE {
            let (sent, heard) = self.say(&format!("{outage} {number}")).await;
            assert!(
                sent < SLOW && heard < SLOW,
                "{outage} {number}: sent {sent:?}, heard {heard:?}"
            );
        }
        let statuses = requests.await.unwrap();
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    }

    fn lines(&self, words: &str) -> [usize; 2] {
        [&self.from, &self.to].map(|node| node.log().lines().filter(|line| line.contains(words)).count())
    }
}

/// Two nodes with that setting, one of which hears what is said on the other; none where there cannot be two.
async fn talk(scratch: &Scratch, name: &'static str, address: String) -> Option<(FreshDatabase, Talk)> {
    let database = FreshDatabase::for_several_nodes(scratch.path()).await?;
    let installation = || {
        Installation::new(scratch.path(), &database.url)
            .with(name, &address)
            .with("SWEETIE_NEW_ACCOUNT_HOURS", 0)
            .with("SWEETIE_LOG", "info")
            .with("SWEETIE_LOG_FORMAT", "json")
    };
    let (from, to) = (installation().start().await, installation().start().await);
    let mut talk = Talk::start(from, to).await;
    talk.say("before").await;
    assert_eq!(talk.lines(AWAY), [0, 0]);
    Some((database, talk))
}

/// Both outages are over: nothing else was wrong, and all is as before.
async fn ends_well(talk: &mut Talk) {
    talk.say("afterwards").await;
    assert_eq!(talk.lines("\"WARN\""), [2, 2], "{}\n{}", talk.from.log(), talk.to.log());
    assert_eq!(
        talk.lines("\"ERROR\""),
        [0, 0],
        "{}\n{}",
        talk.from.log(),
        talk.to.log()
    );
}

async fn is_away(talk: &Talk, times: usize) {
    until(NOTICED, "both logs say that Redis is away", async || {
        talk.lines(AWAY) == [times; 2]
    })
    .await;
}

async fn is_back(talk: &Talk, times: usize) {
    until(BACK, "the log says that Redis is back", async || {
        talk.lines("Redis is back") == [times; 2]
    })
    .await;
    assert_eq!(talk.lines(AWAY), [times; 2], "{}", talk.from.log());
}

#[tokio::test]
async fn without_redis_messages_go_on_and_the_log_says_so_once() {
    let (scratch, mut redis) = (Scratch::new(), OwnRedis::start().await);
    let Some((_database, mut talk)) = talk(&scratch, "SWEETIE_REDIS_URL", redis.url()).await else {
        return;
    };

    redis.stop();
    talk.goes_on("ended").await;
    is_away(&talk, 1).await;
    redis.start_again().await;
    is_back(&talk, 1).await;

    redis.freeze();
    talk.goes_on("frozen").await;
    is_away(&talk, 2).await;
    redis.thaw();
    is_back(&talk, 2).await;
    ends_well(&mut talk).await;
}

#[tokio::test]
async fn without_a_part_of_a_cluster_messages_go_on_and_the_log_says_so_once() {
    let (scratch, mut cluster) = (Scratch::new(), OwnCluster::start().await);
    let addresses: Vec<String> = cluster.nodes.iter().map(OwnRedis::url).collect();
    let Some((_database, mut talk)) = talk(&scratch, "SWEETIE_REDIS_CLUSTER", addresses.join(", ")).await else {
        return;
    };
    let owner = cluster.owner("sweetie:bells");

    cluster.nodes[owner].stop();
    talk.goes_on("ended").await;
    is_away(&talk, 1).await;
    cluster.nodes[owner].start_again().await;
    is_back(&talk, 1).await;

    cluster.nodes[owner].freeze();
    talk.goes_on("frozen").await;
    is_away(&talk, 2).await;
    cluster.nodes[owner].thaw();
    is_back(&talk, 2).await;
    ends_well(&mut talk).await;
}
