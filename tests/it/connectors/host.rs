//! A shelter's own software: has a list of animals, and notes who asked for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Uri, header::AUTHORIZATION},
    response::Response,
};
use tokio::{net::TcpListener, sync::Notify};

/// A request that came in.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// The credentials; empty if there were none.
    pub authorization: String,
}

/// What it answers.
#[derive(Debug, Clone)]
enum Reply {
    List(String),
    Status(u16, Option<&'static str>),
    HeldBack(String, Arc<Notify>),
    Silence,
}

struct Inside {
    asked: Vec<Asked>,
    reply: Reply,
}

/// The server.
pub struct Host {
    /// Where it is.
    pub url: String,
    inside: Arc<Mutex<Inside>>,
}

impl Host {
    /// A server that has nothing yet.
    pub async fn start() -> Self {
        let inside = Arc::new(Mutex::new(Inside {
            asked: Vec::new(),
            reply: Reply::Status(404, None),
        }));
        let routes = Router::new().fallback(answer).with_state(inside.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, inside }
    }

    /// Has this list from now on.
    pub fn has(&self, list: impl Into<String>) {
        self.inside().reply = Reply::List(list.into());
    }

    /// Refuses everything from now on.
    pub fn refuses(&self, status: u16) {
        self.inside().reply = Reply::Status(status, None);
    }

    /// Refuses everything from now on, and wants to be left alone for so many seconds.
    pub fn is_busy_for(&self, seconds: &'static str) {
        self.inside().reply = Reply::Status(503, Some(seconds));
    }

    /// Answers nothing from now on.
    pub fn is_silent(&self) {
        self.inside().reply = Reply::Silence;
    }

    /// Has this list from now on, and answers when it is notified.
    pub fn holds_back(&self, list: impl Into<String>) -> Arc<Notify> {
        let let_go = Arc::<Notify>::default();
        self.inside().reply = Reply::HeldBack(list.into(), let_go.clone());
        let_go
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.inside().asked.clone()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, uri: Uri, headers: HeaderMap) -> Response {
    let reply = {
        let mut inside = inside.lock().unwrap();
        let credentials = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        inside.asked.push(Asked {
            path: uri.to_string(),
            authorization: credentials.unwrap_or_default().to_owned(),
        });
        inside.reply.clone()
    };
    let response = Response::builder();
    let response = match reply {
        Reply::List(list) => response.body(Body::from(list)),
        Reply::Status(status, None) => response.status(status).body(Body::empty()),
        Reply::Status(status, Some(after)) => {
            let response = response.status(status).header("retry-after", after);
            response.body(Body::empty())
        }
        Reply::HeldBack(list, let_go) => {
            let_go.notified().await;
            response.body(Body::from(list))
        }
        Reply::Silence => std::future::pending().await,
    };
    response.unwrap()
}
