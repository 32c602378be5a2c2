//! A shelter's own system: takes deliveries, and answers what it is told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use finding_sweetie::kernel::secret::{hex, keyed_hash};
use serde_json::Value;
use tokio::net::TcpListener;

/// How old a delivery may be.
const TOLERANCE: i64 = 5 * 60;

/// A request that came in.
#[derive(Debug, Clone)]
pub struct Received {
    headers: HeaderMap,
    /// As it was sent.
    pub body: String,
}

impl Received {
    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The signatures in the header.
    pub fn signatures(&self) -> Vec<&str> {
        let parts = self.header("sweetie-signature").split(',');
        parts.filter_map(|part| part.strip_prefix("v1=")).collect()
    }

    /// Whether this is a delivery that was signed with the secret a short while before that time, in seconds. It does what
    /// docs/API.md asks of receivers.
    pub fn is_genuine(&self, secret: &str, now: i64) -> bool {
        let parts = self.header("sweetie-signature").split(',');
        let Some(at) = parts.clone().find_map(|part| part.strip_prefix("t=")) else {
            return false;
        };
        let expected = hex(&keyed_hash(secret.as_bytes(), format!("{at}.{}", self.body).as_bytes()));
        let is_recent = at.parse::<i64>().is_ok_and(|at| (now - at).abs() <= TOLERANCE);
        is_recent && self.signatures().contains(&expected.as_str())
    }
}

#[derive(Default)]
struct Inside {
    received: Vec<Received>,
    next: VecDeque<(u16, Vec<(&'static str, &'static str)>)>,
    otherwise: u16,
}

/// The server.
pub struct Receiver {
    /// Where it takes deliveries.
    pub url: String,
    inside: Arc<Mutex<Inside>>,
}

impl Receiver {
    /// A server that takes everything.
    pub async fn start() -> Self {
        let inside = Arc::new(Mutex::new(Inside {
            otherwise: 204,
            ..Inside::default()
        }));
        let routes = Router::new().route("/hooks", post(take)).with_state(inside.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, inside }
    }

    /// Answers the next request like this.
    pub fn answers_next(&self, status: u16, headers: &[(&'static str, &'static str)]) {
        self.inside().next.push_back((status, headers.to_vec()));
    }

    /// Answers every other request like this.
    pub fn answers(&self, status: u16) {
        self.inside().otherwise = status;
    }

    /// All requests so far.
    pub fn received(&self) -> Vec<Received> {
        self.inside().received.clone()
    }

    /// The only request so far.
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].clone()
    }

    /// The events of all requests so far.
    pub fn events(&self) -> Vec<String> {
        let received = self.received();
        received
            .iter()
            .map(|request| request.header("sweetie-event").to_owned())
            .collect()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn take(State(inside): State<Arc<Mutex<Inside>>>, headers: HeaderMap, body: String) -> Response {
    let mut inside = inside.lock().unwrap();
    inside.received.push(Received { headers, body });
    let (status, headers) = inside.next.pop_front().unwrap_or((inside.otherwise, Vec::new()));
    let mut response = StatusCode::from_u16(status).unwrap().into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}
