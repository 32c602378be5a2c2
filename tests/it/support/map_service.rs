//! A server that speaks Nominatim's protocol and checks that requests follow the usage policy.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, Uri},
    response::Response,
    routing::get,
};
use entity::Timestamp;
use finding_sweetie::ports::clock::{Clock, ManualClock};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch};

/// The `User-Agent` that the program has to send.
const USER_AGENT: &str = concat!("FindingSweetie/", env!("CARGO_PKG_VERSION"), " (ann@example.org)");
/// Minimum time between two requests, from all nodes together.
const SECOND: Duration = Duration::from_secs(1);

/// A prepared response.
#[derive(Debug, Clone)]
pub enum Reply {
    /// JSON with status 200.
    Json(Value),
    /// Any response.
    Raw {
        /// HTTP status.
        status: u16,
        /// Headers.
        headers: Vec<(&'static str, String)>,
        /// Body.
        body: Vec<u8>,
    },
    /// No response, ever.
    Silence,
}

impl Reply {
    /// A response with this status and a proxy's error page.
    pub fn status(status: u16) -> Self {
        Self::Raw {
            status,
            headers: Vec::new(),
            body: b"<html><body>sorry</body></html>".to_vec(),
        }
    }
}

/// A place as the service describes it: a box extending `reach` degrees to each side, and the parts of the address.
pub fn found(latitude: f64, longitude: f64, reach: f64, name: &str, address: Value) -> Value {
    let text = |degrees: f64| format!("{degrees:.7}");
    json!({
        "place_id": 1, "licence": "Data of the mapmakers", "lat": text(latitude), "lon": text(longitude),
        "addresstype": "place", "display_name": name, "address": address,
        "boundingbox": [
            text(latitude - reach), text(latitude + reach), text(longitude - reach), text(longitude + reach)
        ],
    })
}

#[derive(Default)]
struct Inside {
    known: BTreeMap<String, Value>,
    neighbourhood: Option<Value>,
    next: VecDeque<Reply>,
    asked: Vec<String>,
    complaints: Vec<String>,
    clock: Option<Arc<ManualClock>>,
    last: Option<Timestamp>,
}

/// The server. Dropping it fails the test if any request violated the usage policy.
pub struct MapService {
    /// Its base address, with a path.
    pub url: String,
    inside: Arc<Mutex<Inside>>,
    /// Whether responses are sent.
    open: watch::Sender<bool>,
}

type Shared = (Arc<Mutex<Inside>>, watch::Receiver<bool>);

impl MapService {
    /// A server that does not know any places yet.
    pub async fn start() -> Self {
        let inside = Arc::<Mutex<Inside>>::default();
        let (open, is_open) = watch::channel(true);
        let routes = Router::new()
            .route("/maps/search", get(answer))
            .route("/maps/reverse", get(answer))
            .with_state((inside.clone(), is_open));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/maps/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, inside, open }
    }

    /// From now on, checks the request rate against this clock.
    pub fn watch(&self, clock: &Arc<ManualClock>) {
        self.inside().clock = Some(clock.clone());
    }

    /// Makes the server return these places for a text.
    pub fn knows(&self, text: &str, places: Value) {
        self.inside().known.insert(text.to_owned(), places);
    }

    /// Makes the server return this place for every point.
    pub fn calls_every_point(&self, place: Value) {
        self.inside().neighbourhood = Some(place);
    }

    /// Queues a response for the next request that has no other answer.
    pub fn answers_next(&self, reply: Reply) {
        self.inside().next.push_back(reply);
    }

    /// Holds responses back until `let_out()`.
    pub fn hold_back(&self) {
        self.open.send_replace(false);
    }

    /// Sends responses again.
    pub fn let_out(&self) {
        self.open.send_replace(true);
    }

    /// All requests so far, in order: the text, or latitude and longitude.
    pub fn asked(&self) -> Vec<String> {
        self.inside().asked.clone()
    }

    fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for MapService {
    fn drop(&mut self) {
        let complaints = self.inside().complaints.clone();
        if !std::thread::panicking() {
            assert_eq!(complaints, Vec::<String>::new());
        }
    }
}

impl Inside {
    fn take(&mut self, path: &str, parameters: &BTreeMap<String, String>, headers: &HeaderMap) -> Reply {
        let is_search = path.ends_with("/search");
        self.inspect(is_search, parameters, headers);
        let get = |name: &str| parameters.get(name).cloned().unwrap_or_default();
        let question = if is_search {
            get("q")
        } else {
            format!("{} {}", get("lat"), get("lon"))
        };
        self.asked.push(question.clone());
        if let Some(reply) = self.next.pop_front() {
            return reply;
        }
        Reply::Json(if is_search {
            self.known.get(&question).cloned().unwrap_or(json!([]))
        } else {
            let nothing = json!({ "error": "Unable to geocode" });
            self.neighbourhood.clone().unwrap_or(nothing)
        })
    }

    /// Checks a request against a public server's usage policy.
    fn inspect(&mut self, is_search: bool, parameters: &BTreeMap<String, String>, headers: &HeaderMap) {
        let agent = headers.get("user-agent").and_then(|agent| agent.to_str().ok());
        if agent != Some(USER_AGENT) {
            self.complaints.push(format!("who is {agent:?}?"));
        }
        let mut expected = vec![("format", "jsonv2"), ("addressdetails", "1"), ("accept-language", "en")];
        expected.push(if is_search { ("limit", "20") } else { ("zoom", "14") });
        let is_as_expected = |(name, value): &(&str, &str)| parameters.get(*name).is_some_and(|given| given == value);
        let own = if is_search { 1 } else { 2 };
        if !expected.iter().all(is_as_expected) || parameters.len() != expected.len() + own {
            self.complaints.push(format!("unexpected parameters: {parameters:?}"));
        }
        if let Some(clock) = &self.clock {
            let now = clock.now();
            if self.last.is_some_and(|last| now.since(last) < SECOND) {
                self.complaints.push(format!("asked again too soon, at {now}"));
            }
            self.last = Some(now);
        }
    }
}

async fn answer(
    State((inside, mut is_open)): State<Shared>,
    uri: Uri,
    Query(parameters): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let reply = inside.lock().unwrap().take(uri.path(), &parameters, &headers);
    is_open.wait_for(|is_open| *is_open).await.unwrap();
    let (status, headers, body) = match reply {
        Reply::Json(body) => {
            let headers = vec![("content-type", "application/json".to_owned())];
            (200, headers, body.to_string().into_bytes())
        }
        Reply::Raw { status, headers, body } => (status, headers, body),
        Reply::Silence => std::future::pending().await,
    };
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(Body::from(body)).unwrap()
}
