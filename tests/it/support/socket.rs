//! A WebSocket client that speaks `graphql-transport-ws`.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    sync::{mpsc, watch},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::{Answer, Caller, LIMIT, TestApp, codes};

const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Receivers of messages by operation id; messages without an id go to `""`.
type Routes = Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Value>>>>;

/// A close code and its reason.
type Farewell = (u16, String);

/// An open socket, which responds to pings. Dropping it breaks the connection.
pub struct Socket {
    to_server: mpsc::UnboundedSender<Message>,
    routes: Routes,
    closed: watch::Receiver<Option<Farewell>>,
    others: mpsc::UnboundedReceiver<Value>,
    serial: AtomicU64,
    task: tokio::task::JoinHandle<()>,
}

impl TestApp {
    /// Opens a socket and completes `connection_init` for the caller.
    pub async fn socket(&self, caller: &impl Caller) -> Socket {
        Socket::open(&self.url, caller).await
    }

    /// Opens a socket with any subprotocol that has not sent anything yet.
    pub async fn silent_socket(&self, subprotocol: Option<&str>) -> Socket {
        Socket::silent(&self.url, subprotocol).await
    }
}

impl Socket {
    /// Connects to a server (`http://…`) and completes `connection_init`.
    pub async fn open(server: &str, caller: &impl Caller) -> Self {
        let mut socket = Self::silent(server, Some(SUBPROTOCOL)).await;
        let payload = caller
            .authorization()
            .map(|authorization| json!({ "authorization": authorization }));
        socket.say(json!({ "type": "connection_init", "payload": payload }));
        assert_eq!(socket.hear().await["type"], "connection_ack");
        socket
    }

    async fn silent(server: &str, subprotocol: Option<&str>) -> Self {
        let url = format!("{}/graphql", server.replace("http://", "ws://"));
        let mut request = url.into_client_request().unwrap();
        if let Some(subprotocol) = subprotocol {
            request
                .headers_mut()
                .insert("sec-websocket-protocol", subprotocol.parse().unwrap());
        }
        let (stream, _) = connect_async(request).await.unwrap();
        Self::over(stream)
    }

    /// Uses a connection whose handshake was done by the test.
    pub fn over(stream: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        let (to_server, outgoing) = mpsc::unbounded_channel();
        let (other, others) = mpsc::unbounded_channel();
        let (closing, closed) = watch::channel(None);
        let routes = Routes::new(Mutex::new(HashMap::from([(String::new(), other)])));
        let task = tokio::spawn(carry(stream, outgoing, routes.clone(), closing));
        Self {
            to_server,
            routes,
            closed,
            others,
            serial: AtomicU64::new(1),
            task,
        }
    }

    /// Sends any message.
    pub fn say(&self, message: Value) {
        self.say_raw(Message::text(message.to_string()));
    }

    /// Sends any frame.
    pub fn say_raw(&self, frame: Message) {
        // If the socket has ended, its close code shows that.
        let _ = self.to_server.send(frame);
    }

    /// The next message that does not belong to an operation started with `subscribe`.
    pub async fn hear(&mut self) -> Value {
        match timeout(LIMIT, self.others.recv()).await {
            Ok(Some(message)) => message,
            Ok(None) => panic!("the socket was closed with {:?}", *self.closed.borrow()),
            Err(_) => panic!("nothing was heard within {LIMIT:?}"),
        }
    }

    /// Starts a subscription, or sends a query or mutation over the socket.
    pub fn subscribe(&self, query: &str, variables: Value) -> Stream {
        let id = self.serial.fetch_add(1, Ordering::SeqCst).to_string();
        let (sender, messages) = mpsc::unbounded_channel();
        self.routes.lock().unwrap().insert(id.clone(), sender);
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload }));
        Stream {
            messages,
            closed: self.closed.clone(),
        }
    }

    /// Waits until the server has processed everything sent before, which it does in order.
    pub async fn settle(&mut self) {
        self.say(json!({ "type": "ping" }));
        assert_eq!(self.hear().await["type"], "pong");
    }

    /// Waits for the server to close the socket and returns the close code; 1006 if it was closed without one.
    pub async fn closed(&mut self) -> u16 {
        self.farewell().await.0
    }

    /// The same with the reason.
    pub async fn farewell(&mut self) -> Farewell {
        let closed = timeout(LIMIT, self.closed.wait_for(Option::is_some)).await;
        closed
            .unwrap_or_else(|_| panic!("not closed within {LIMIT:?}"))
            .unwrap()
            .clone()
            .unwrap()
    }

    /// Whether the server has not closed the socket.
    pub fn is_open(&self) -> bool {
        self.closed.borrow().is_none()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The responses to one operation.
pub struct Stream {
    messages: mpsc::UnboundedReceiver<Value>,
    closed: watch::Receiver<Option<Farewell>>,
}

impl Stream {
    /// The data of the next response, which must not have errors.
    pub async fn next(&mut self) -> Value {
        let mut answer = self.next_answer().await;
        assert!(codes(&answer).is_empty(), "an answer with errors: {:#}", answer.body);
        answer.body["data"].take()
    }

    /// The next response, whatever it is. If the operation is refused, the response has errors and no data.
    pub async fn next_answer(&mut self) -> Answer {
        let mut message = self
            .next_message(LIMIT)
            .await
            .unwrap_or_else(|| panic!("nothing within {LIMIT:?}"));
        let body = match message["type"].as_str() {
            Some("next") => message["payload"].take(),
            Some("error") => json!({ "errors": message["payload"].take() }),
            _ => panic!("the operation is over: {message}"),
        };
        Answer {
            status: 200,
            headers: Default::default(),
            body,
        }
    }

    /// The data of the next response if it arrives within a moment, for conditions that are checked repeatedly.
    pub async fn poll(&mut self) -> Option<Value> {
        let mut message = self.next_message(Duration::from_millis(20)).await?;
        assert_eq!(message["type"], "next", "the operation is over: {message}");
        let mut payload = message["payload"].take();
        assert!(payload["errors"].is_null(), "an answer with errors: {payload:#}");
        Some(payload["data"].take())
    }

    /// Waits for the server to complete the operation; a response before that fails the test.
    pub async fn completed(&mut self) {
        let message = self
            .next_message(LIMIT)
            .await
            .unwrap_or_else(|| panic!("not over within {LIMIT:?}"));
        assert_eq!(message["type"], "complete", "{message}");
    }

    /// Waits for the server to end the operation with an error. Returns the data of earlier responses and the error
    /// codes.
    pub async fn failed(&mut self) -> (Vec<Value>, Vec<String>) {
        let mut before = Vec::new();
        loop {
            let mut answer = self.next_answer().await;
            let is_last = answer.body.get("data").is_none();
            match answer.body["data"].take() {
                Value::Null if is_last => return (before, codes(&answer)),
                Value::Null => {
                    self.completed().await;
                    return (before, codes(&answer));
                }
                data => before.push(data),
            }
        }
    }

    /// Fails the test if anything arrives within this time. A short time proves little, so use it after somebody else
    /// has received the same event.
    pub async fn hears_nothing(&mut self, within: Duration) {
        if let Some(message) = self.next_message(within).await {
            panic!("this should not have been heard: {message:#}");
        }
    }

    /// Whether nothing more has arrived so far. Use it after something that has to arrive later.
    pub fn is_quiet(&self) -> bool {
        self.messages.is_empty()
    }

    async fn next_message(&mut self, within: Duration) -> Option<Value> {
        match timeout(within, self.messages.recv()).await {
            Ok(Some(message)) => Some(message),
            Ok(None) => panic!("the socket was closed with {:?}", *self.closed.borrow()),
            Err(_) => None,
        }
    }
}

/// Forwards frames until one side closes.
async fn carry(
    mut stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    mut outgoing: mpsc::UnboundedReceiver<Message>,
    routes: Routes,
    closing: watch::Sender<Option<Farewell>>,
) {
    let mut farewell = (1006, String::new());
    loop {
        tokio::select! {
            Some(message) = outgoing.recv() => {
                if stream.send(message).await.is_err() {
                    break;
                }
            }
            incoming = stream.next() => match incoming {
                Some(Ok(Message::Text(text))) => deliver(&routes, serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => farewell = (frame.code.into(), frame.reason.to_string()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
        }
    }
    closing.send_replace(Some(farewell));
    routes.lock().unwrap().clear();
}

fn deliver(routes: &Routes, message: Value) {
    let routes = routes.lock().unwrap();
    let id = message["id"].as_str().unwrap_or_default();
    if let Some(route) = routes.get(id).or_else(|| routes.get("")) {
        // The stream may have been dropped.
        let _ = route.send(message);
    }
}
