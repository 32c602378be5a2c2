//! Everybody listens to their conversation; who loses the stream goes on at the other node after what they have.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt, future::join_all};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::sleep};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

use super::stage::Stage;

const MESSAGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    revision change message { id sequence text sender { id displayName } images { id } replyTo { id } reactions { emoji }
        conversation { id participants { member { id displayName } } } } } }";

/// Before a node that could not be reached is tried again.
pub const PAUSE: Duration = Duration::from_millis(50);

/// What a subscriber received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub revision: i64,
    pub sequence: i64,
    pub id: String,
    pub text: String,
}

/// All that the members of the conversations heard: `[2 * conversation + side]`. Over when each has as much as was sent.
pub fn listen(stage: &Arc<Stage>) -> impl Future<Output = Vec<Vec<Heard>>> + use<> {
    let people = 0..2 * stage.talks.len();
    let tasks: Vec<_> = people
        .map(|person| tokio::spawn(follow(stage.clone(), person)))
        .collect();
    async move {
        let heard = join_all(tasks).await.into_iter();
        heard.map(|heard| heard.expect("a subscriber failed")).collect()
    }
}

async fn follow(stage: Arc<Stage>, person: usize) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    // Neither all members of a node's conversations nor both sides of one begin at the same node.
    let mut node = person / 2 + person;
    while heard.len() < stage.size.in_talk() {
        let why = match listen_once(&stage, node, person, &mut heard).await {
            Ok(()) => break,
            Err(why) => why,
        };
        stage.ledger.reconnect(&why);
        node += 1;
        sleep(PAUSE).await;
    }
    heard
}

/// Listens until everything is heard, or says why the stream was lost.
async fn listen_once(stage: &Stage, node: usize, person: usize, heard: &mut Vec<Heard>) -> Result<(), String> {
    let (talk, side) = (&stage.talks[person / 2], person % 2);
    let after = heard.last().map_or(0, |last| last.revision);
    let variables = json!({ "id": talk.id, "after": after });
    let mut socket = subscribe(&stage.url(node), &talk.members[side].token, MESSAGES, variables).await?;
    while heard.len() < stage.size.in_talk() {
        heard.push(read(&event(&mut socket).await?["messages"]));
        stage.ledger.hear();
    }
    Ok(())
}

/// A socket of its own for one subscription.
pub async fn subscribe(url: &str, token: &str, query: &str, variables: Value) -> Result<Socket, String> {
    let mut socket = open(url, token).await?;
    let payload = json!({ "query": query, "variables": variables });
    let subscribe = json!({ "type": "subscribe", "id": "1", "payload": payload });
    say(&mut socket, subscribe).await?;
    Ok(socket)
}

/// The data of the next event, which must be whole, or why the stream was lost.
pub async fn event(socket: &mut Socket) -> Result<Value, String> {
    let mut message = next(socket).await?;
    let mut payload = message["payload"].take();
    match message["type"].as_str() {
        Some("next") if payload["errors"].is_null() => Ok(payload["data"].take()),
        Some("next") => panic!("an event came that is not whole: {payload}"),
        Some("error") => Err(code(&payload)),
        other => Err(format!("{other:?}")),
    }
}

fn code(errors: &Value) -> String {
    errors[0]["extensions"]["code"]
        .as_str()
        .unwrap_or("an error without a code")
        .to_owned()
}

fn read(event: &Value) -> Heard {
    assert_eq!(event["change"], "SENT", "{event}");
    let message = &event["message"];
    for nested in ["/sender/displayName", "/conversation/participants/1/member/displayName"] {
        assert!(
            message.pointer(nested).is_some_and(Value::is_string),
            "{nested}: {event}"
        );
    }
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{event}")).to_owned();
    let number = |value: &Value| value.as_i64().unwrap_or_else(|| panic!("{event}"));
    Heard {
        revision: number(&event["revision"]),
        sequence: number(&message["sequence"]),
        id: text(&message["id"]),
        text: text(&message["text"]),
    }
}

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A socket that is past `connection_init`.
async fn open(url: &str, token: &str) -> Result<Socket, String> {
    let address = format!("{}/graphql", url.replace("http://", "ws://"));
    let mut request = address.into_client_request().unwrap();
    let subprotocol = "graphql-transport-ws".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", subprotocol);
    let (mut socket, _) = connect_async(request).await.map_err(|error| match error {
        tungstenite::Error::Http(response) => format!("refused with {}", response.status()),
        _ => "no connection".to_owned(),
    })?;
    let payload = json!({ "authorization": format!("Bearer {token}") });
    say(&mut socket, json!({ "type": "connection_init", "payload": payload })).await?;
    let answer = next(&mut socket).await?;
    assert_eq!(answer["type"], "connection_ack");
    Ok(socket)
}

async fn say(socket: &mut Socket, message: Value) -> Result<(), String> {
    let sent = socket.send(Message::text(message.to_string())).await;
    sent.map_err(|_| "broken".to_owned())
}

/// The next message of the protocol.
async fn next(socket: &mut Socket) -> Result<Value, String> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => {
                return Err(format!("closed with {:?}", frame.map(|frame| u16::from(frame.code))));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err("broken".to_owned()),
        }
    }
}
