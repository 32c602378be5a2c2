//! The web server of a shelter, with photos of its animals.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{StatusCode, Uri, header},
    response::Response,
};
use tokio::net::TcpListener;

/// What the server answers.
#[derive(Clone)]
pub enum Answer {
    /// A file.
    File(Vec<u8>),
    /// No file.
    Status(u16),
    /// A file that is there.
    Moved(String),
}

#[derive(Default)]
struct Inside {
    answers: HashMap<String, VecDeque<Answer>>,
    asked: Vec<String>,
}

/// Remembers what it was asked.
pub struct PhotoHost {
    url: String,
    inside: Arc<Mutex<Inside>>,
}

impl PhotoHost {
    /// A server without files.
    pub async fn start() -> Self {
        let inside = Arc::<Mutex<Inside>>::default();
        let routes = Router::new().fallback(answer).with_state(inside.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, inside }
    }

    /// Answers there in this way from now on, and returns the address.
    pub fn answers(&self, path: &str, answer: Answer) -> String {
        self.inside().answers.insert(path.to_owned(), VecDeque::from([answer]));
        self.url(path)
    }

    /// Has this file there, and returns its address.
    pub fn has(&self, path: &str, file: Vec<u8>) -> String {
        self.answers(path, Answer::File(file))
    }

    /// Answers there in these ways, one after the other, the last of them for ever.
    pub fn answers_in_turn(&self, path: &str, answers: impl IntoIterator<Item = Answer>) -> String {
        self.inside()
            .answers
            .insert(path.to_owned(), answers.into_iter().collect());
        self.url(path)
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.inside().asked.clone()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, uri: Uri) -> Response {
    let answer = {
        let mut inside = inside.lock().unwrap();
        inside.asked.push(uri.path().to_owned());
        let answers = inside.answers.entry(uri.path().to_owned()).or_default();
        match answers.len() {
            0 | 1 => answers.front().cloned(),
            _ => answers.pop_front(),
        }
    };
    let response = Response::builder();
    let response = match answer.unwrap_or(Answer::Status(404)) {
        Answer::File(file) => response.body(Body::from(file)),
        Answer::Status(status) => response.status(status).body(Body::from("sorry")),
        Answer::Moved(url) => response
            .status(StatusCode::FOUND)
            .header(header::LOCATION, url)
            .body(Body::empty()),
    };
    response.unwrap()
}
