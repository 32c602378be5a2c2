//! Stand-ins for the systems of shelters. Each checks every request as its vendor documents it, and refuses anything else.

mod asm3;
mod file;
mod rescue_groups;
mod sftp;
mod shelterluv;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header::HeaderName},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio::net::TcpListener;
use url::form_urlencoded;

pub use asm3::Asm3;
pub use file::File;
pub use rescue_groups::RescueGroups;
pub use sftp::SftpServer;
pub use shelterluv::Shelterluv;

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How it was asked.
    pub method: Method,
    /// What was asked for.
    pub path: String,
    /// With which parameters.
    pub query: HashMap<String, String>,
    headers: HeaderMap,
    /// What was sent along.
    pub body: Bytes,
    at: Instant,
}

impl Asked {
    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A parameter; empty if it is not there.
    pub fn parameter(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// Refuses parameters that are not documented.
    pub fn has_only(&self, documented: &[&str]) -> Result<(), String> {
        let odd = self.query.keys().find(|name| !documented.contains(&name.as_str()));
        odd.map_or(Ok(()), |name| Err(format!("there is no parameter {name}")))
    }

    /// Refuses everything but this.
    pub fn is(&self, method: &Method, path: &str) -> Result<(), String> {
        match self.method == *method && self.path == path {
            true => Ok(()),
            false => Err(format!("{} {} is not documented", self.method, self.path)),
        }
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers of it.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// What is there.
    pub fn json(value: &Value) -> Self {
        Self::status(200, &value.to_string()).with("content-type", "application/json")
    }

    /// Something else.
    pub fn status(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
        }
    }

    /// The same with a header.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// Software of a shelter.
pub trait Software: Send + 'static {
    /// Least time between two requests that it allows.
    const LEAST_PAUSE: Duration;

    /// What it answers; `Err` for a request that its documentation does not have.
    fn answer(&mut self, asked: &Asked) -> Result<Answer, String>;
}

struct Inside<S> {
    software: S,
    asked: Vec<Asked>,
    /// Answers to the requests with these numbers, from 0, whatever is asked.
    instead: HashMap<usize, Answer>,
    faults: Vec<String>,
}

/// A server with software of a shelter.
pub struct Stub<S> {
    /// Where it is.
    pub address: String,
    inside: Arc<Mutex<Inside<S>>>,
}

impl<S: Software> Stub<S> {
    /// Starts it.
    pub async fn start(software: S) -> Self {
        let inside = Arc::new(Mutex::new(Inside {
            software,
            asked: Vec::new(),
            instead: HashMap::new(),
            faults: Vec::new(),
        }));
        let routes = Router::new().fallback(respond::<S>).with_state(inside.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, inside }
    }

    /// Changes what is there.
    pub fn change(&self, change: impl FnOnce(&mut S)) {
        change(&mut self.inside().software);
    }

    /// Answers the request that is so many after those so far like this.
    pub fn answers_after(&self, requests: usize, answer: Answer) {
        let mut inside = self.inside();
        let number = inside.asked.len() + requests;
        inside.instead.insert(number, answer);
    }

    /// The requests so far, each of which was as documented.
    pub fn asked(&self) -> Vec<Asked> {
        let inside = self.inside();
        assert_eq!(inside.faults, [""; 0], "{:#?}", inside.asked);
        let pauses = inside.asked.windows(2).map(|pair| pair[1].at - pair[0].at);
        assert!(
            pauses.min().is_none_or(|least| S::LEAST_PAUSE <= least),
            "it is asked too fast"
        );
        inside.asked.clone()
    }

    fn inside(&self) -> MutexGuard<'_, Inside<S>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn respond<S: Software>(State(inside): State<Arc<Mutex<Inside<S>>>>, request: Request) -> Response {
    let at = Instant::now();
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default();
    let asked = Asked {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        headers: head.headers,
        body: axum::body::to_bytes(body, 1024 * 1024).await.unwrap(),
        at,
    };
    let mut inside = inside.lock().unwrap();
    let number = inside.asked.len();
    inside.asked.push(asked.clone());
    let usual = inside.software.answer(&asked).unwrap_or_else(|fault| {
        inside.faults.push(fault);
        Answer::status(400, "")
    });
    let answer = inside.instead.remove(&number).unwrap_or(usual);
    let mut response = (StatusCode::from_u16(answer.status).unwrap(), answer.body).into_response();
    for (name, value) in answer.headers {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    response
}
