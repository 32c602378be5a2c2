//! Who writes to whom, and where the nodes are at the moment.

use std::{sync::Mutex, time::Duration};

use futures_util::{StreamExt, stream};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::{
    Size, alerts,
    alerts::Search,
    ledger::{Acknowledged, Ledger},
};
use crate::{resilience::node::Node, support::plain_client};

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { member { id } } tokens { accessToken } userErrors { code } } }";
const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } message { id sequence } userErrors { code } } }";

/// The server takes ten seconds at most to find out who asks, and ten to answer; what takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(30);
/// Requests at once while the stage is set.
const AT_ONCE: usize = 8;

/// Everything that senders and subscribers share.
pub struct Stage {
    pub size: Size,
    pub talks: Vec<Talk>,
    pub searches: Vec<Search>,
    pub client: Client,
    pub ledger: Ledger,
    /// Number of messages that may be sent; rationed so that some are left until the storm is over.
    pub allowance: Semaphore,
    urls: Mutex<Vec<String>>,
}

/// A conversation of two.
pub struct Talk {
    /// Global id.
    pub id: String,
    pub members: [Person; 2],
}

/// A member who is logged in.
pub struct Person {
    /// Global id.
    pub id: String,
    pub token: String,
}

impl Stage {
    /// Registers everybody and opens the conversations, while all is quiet.
    pub async fn set(size: Size, nodes: &[Node]) -> Self {
        let client = plain_client().timeout(PATIENCE).build().unwrap();
        let mut stage = Self {
            size,
            talks: Vec::new(),
            searches: Vec::new(),
            client,
            ledger: Ledger::default(),
            allowance: Semaphore::new(0),
            urls: Mutex::new(nodes.iter().map(|node| node.url.clone()).collect()),
        };
        let opened = stream::iter(0..size.talks).map(|place| stage.open(place));
        let talks = opened.buffered(AT_ONCE).collect().await;
        stage.talks = talks;
        for place in 0..size.searches {
            let members = [
                stage.register(size.talks + place, 0).await,
                stage.register(size.talks + place, 1).await,
            ];
            let search = Search::new(members, 35.0 + place as f64);
            alerts::lose(&stage, place, &search).await;
            stage.searches.push(search);
        }
        stage
    }

    /// The address of a node; it has another one after each start.
    pub fn url(&self, node: usize) -> String {
        let urls = self.urls.lock().unwrap();
        urls[node % urls.len()].clone()
    }

    /// A node was started again.
    pub fn moved(&self, node: usize, url: &str) {
        self.urls.lock().unwrap()[node] = url.to_owned();
    }

    /// The text of a message, different for each; the first one of a conversation has number 0 of its first member.
    pub fn text(talk: usize, side: usize, number: usize) -> String {
        format!("conversation {talk}, side {side}, message {number}: is Sweetie with you? \u{1f415}")
    }

    /// One try of a request with that input; what came of it, or why that is not known, in a few words.
    pub async fn ask(&self, node: usize, token: &str, query: &str, input: Value) -> Result<Value, String> {
        let request = self.client.post(format!("{}/graphql", self.url(node)));
        let request = request
            .bearer_auth(token)
            .json(&json!({ "query": query, "variables": { "input": input } }));
        let answer = async { request.send().await?.json::<Value>().await };
        let mut answer = answer.await.map_err(|error| match error.is_timeout() {
            true => "hung".to_owned(),
            false => "no answer".to_owned(),
        })?;
        match answer["errors"].get(0) {
            Some(error) => Err(error["extensions"]["code"]
                .as_str()
                .unwrap_or("an error without a code")
                .to_owned()),
            None => Ok(answer["data"].take()),
        }
    }

    async fn open(&self, place: usize) -> Talk {
        let members = [self.register(place, 0).await, self.register(place, 1).await];
        let text = Self::text(place, 0, 0);
        let input = json!({ "memberId": members[1].id, "text": text, "clientKey": "0" });
        let started = self.quietly(Some(&members[0].token), place, START, input).await;
        let started = &started["startConversation"];
        self.ledger
            .acknowledge(text, Acknowledged::read(place, &started["message"]));
        Talk {
            id: text_of(&started["conversation"]["id"]),
            members,
        }
    }

    async fn register(&self, talk: usize, side: usize) -> Person {
        let name = format!("member-{talk}-{side}");
        let input = json!({ "email": format!("{name}@example.org"), "password": "correct horse", "displayName": name });
        let registered = self.quietly(None, talk, REGISTER, input).await;
        let registered = &registered["register"];
        Person {
            id: text_of(&registered["viewer"]["member"]["id"]),
            token: text_of(&registered["tokens"]["accessToken"]),
        }
    }

    /// A request that must succeed. Everybody comes from an address of their own, as most people do.
    async fn quietly(&self, token: Option<&str>, talk: usize, query: &str, input: Value) -> Value {
        let request = self.client.post(format!("{}/graphql", self.url(talk)));
        let request = request.header("x-forwarded-for", format!("10.0.{}.{}", talk / 200, talk % 200));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let request = request.json(&json!({ "query": query, "variables": { "input": input } }));
        let mut answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"].take()
    }
}

impl Acknowledged {
    /// From `message { id sequence }` of an answer.
    pub fn read(talk: usize, message: &Value) -> Self {
        let sequence = message["sequence"].as_i64();
        Self {
            talk,
            id: text_of(&message["id"]),
            sequence: sequence.unwrap_or_else(|| panic!("{message}")),
        }
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
