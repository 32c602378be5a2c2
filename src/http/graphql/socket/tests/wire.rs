//! A small server on a real port, and a client that speaks the protocol.

use std::{future::pending, net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::{Context, EmptyMutation, ErrorExtensions, Object, Request, Schema, Subscription, ValidationMode};
use async_trait::async_trait;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use chrono::{DateTime, Utc};
use futures_util::{SinkExt, Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

use crate::{events::Hibernation, ports::persisted_documents::LocalDocuments};

use super::super::super::{
    Admitted, Credentials, Documents, Gate, GraphqlEndpoint, Guard, Limits, Refused, SocketSettings, router,
};

/// How long anything may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "hello"
    }
}

struct Streams;

/// An event with a part that is looked up on its way to the client.
#[derive(Clone)]
struct Event {
    number: i32,
    is_away: bool,
}

#[Object]
impl Event {
    async fn number(&self) -> i32 {
        self.number
    }

    /// What one may not see is missing in a whole event.
    async fn hidden(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err(coded("FORBIDDEN")))
    }

    async fn looked_up(&self) -> Option<async_graphql::Result<i32>> {
        Some(match self.is_away {
            true => Err(coded("UNAVAILABLE")),
            false => Ok(self.number),
        })
    }
}

fn coded(code: &str) -> async_graphql::Error {
    async_graphql::Error::new("not to be had").extend_with(|_, extensions| extensions.set("code", code))
}

#[Subscription]
impl Streams {
    async fn never(&self) -> impl Stream<Item = i32> + use<> {
        stream::pending()
    }

    async fn flood(&self) -> impl Stream<Item = String> + use<> {
        stream::repeat("x".repeat(64 * 1024))
    }

    /// Each event is made while nobody else's is.
    async fn in_turn(&self) -> impl Stream<Item = String> + use<> {
        static TURN: Semaphore = Semaphore::const_new(1);
        stream::repeat(()).then(async |()| {
            let _turn = TURN.acquire().await;
            tokio::task::yield_now().await;
            "x".repeat(64 * 1024)
        })
    }

    async fn refuses(&self) -> async_graphql::Result<stream::Empty<i32>> {
        Err(async_graphql::Error::new("db: secret"))
    }

    /// Each of them from a stream of its own, which rests after it.
    async fn by_and_by(&self, ctx: &Context<'_>) -> impl Stream<Item = i32> + use<> {
        let hibernation = ctx.data_opt::<Hibernation>().cloned().unwrap_or_default();
        let number: i32 = hibernation.left().unwrap_or(1);
        stream::unfold((hibernation, false), move |(hibernation, is_told)| async move {
            if is_told && number <= 3 {
                hibernation.suspend(async move { number + 1 });
                pending::<()>().await;
            }
            (number <= 3).then_some((number, (hibernation, true)))
        })
    }

    /// Numbers from 1 to 3; the second cannot be looked up so many times.
    async fn events(&self, ctx: &Context<'_>, failures: u32) -> impl Stream<Item = Event> + use<> {
        let hibernation = ctx.data_opt::<Hibernation>().cloned().unwrap_or_default();
        stream::unfold((0, failures), move |(last, failures)| {
            let number = if hibernation.is_to_repeat() { last } else { last + 1 };
            let is_away = number == 2 && 0 < failures;
            let event = Event { number, is_away };
            let next = (number, failures - u32::from(is_away));
            async move { (number <= 3).then_some((event, next)) }
        })
    }

    async fn three(&self) -> impl Stream<Item = i32> + use<> {
        stream::iter([1, 2, 3])
    }
}

/// Lets in everybody but `bad`; the token is the account.
struct Door {
    revoked: watch::Receiver<bool>,
    expires_at: Option<DateTime<Utc>>,
}

#[async_trait]
impl Gate for Door {
    async fn admit(&self, credentials: Credentials) -> Result<Admitted, Refused> {
        if credentials.authorization.as_deref() == Some("bad") {
            return Err(Refused::Unauthenticated("no such token".into()));
        }
        let mut admitted = Admitted::new(Arc::new(|request: Request| request));
        admitted.account = credentials.authorization;
        admitted.revoked = Some(self.revoked.clone());
        admitted.expires_at = self.expires_at;
        Ok(admitted)
    }

    async fn epoch(&self) -> Result<String, Refused> {
        Ok("of this test".into())
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

/// A running server.
pub(super) struct Server {
    pub(super) endpoint: Arc<GraphqlEndpoint>,
    address: SocketAddr,
    pub(super) revoke: watch::Sender<bool>,
}

impl Server {
    pub(super) async fn start(settings: SocketSettings) -> Self {
        Self::start_with(settings, None).await
    }

    pub(super) async fn start_with(settings: SocketSettings, expires_at: Option<DateTime<Utc>>) -> Self {
        let (revoke, revoked) = watch::channel(false);
        let schema = Schema::build(Query, EmptyMutation, Streams)
            .validation_mode(ValidationMode::Fast)
            .finish();
        let gate = Arc::new(Door { revoked, expires_at });
        let guard = Arc::new(Guard::new(&schema.sdl(), Limits::default()).unwrap());
        let documents = Documents::new(guard, Arc::new(LocalDocuments::default()));
        let endpoint = Arc::new(GraphqlEndpoint::new(schema, documents, settings, gate));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service: IntoMakeServiceWithConnectInfo<_, SocketAddr> =
            router(Arc::clone(&endpoint)).into_make_service_with_connect_info();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self {
            endpoint,
            address,
            revoke,
        }
    }

    pub(super) async fn connect(&self) -> Client {
        self.try_connect(None).await.unwrap()
    }

    pub(super) async fn try_connect(&self, origin: Option<&'static str>) -> Result<Client, u16> {
        let mut request = format!("ws://{}/graphql", self.address).into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert(
            "sec-websocket-protocol",
            HeaderValue::from_static("graphql-transport-ws"),
        );
        if let Some(origin) = origin {
            headers.insert("origin", HeaderValue::from_static(origin));
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Client(stream)),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) async fn ready(&self) -> Client {
        let mut client = self.connect().await;
        client.init(json!({})).await;
        let acknowledged = json!({ "type": "connection_ack", "payload": { "epoch": "of this test" } });
        assert_eq!(client.hear().await, acknowledged);
        client
    }
}

/// One end of a socket.
pub(super) struct Client(pub(super) WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    pub(super) async fn say(&mut self, message: Value) {
        self.0.send(Message::Text(message.to_string().into())).await.unwrap();
    }

    pub(super) async fn init(&mut self, payload: Value) {
        self.say(json!({ "type": "connection_init", "payload": payload })).await;
    }

    pub(super) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "type": "subscribe", "id": id, "payload": { "query": query } }))
            .await;
    }

    async fn frame(&mut self) -> Option<Message> {
        timeout(PATIENCE, self.0.next())
            .await
            .expect("a frame in time")
            .and_then(Result::ok)
    }

    pub(super) async fn hear(&mut self) -> Value {
        loop {
            match self.frame().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Some(Message::Ping(_)) => {}
                other => panic!("expected a message, got {other:?}"),
            }
        }
    }

    /// The close code, after whatever else comes.
    pub(super) async fn end(&mut self) -> Option<u16> {
        loop {
            match self.frame().await {
                Some(Message::Close(frame)) => return frame.map(|frame| frame.code.into()),
                Some(_) => {}
                None => return None,
            }
        }
    }
}
