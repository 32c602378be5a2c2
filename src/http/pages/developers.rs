//! The developers' page: GraphiQL, built from npm packages by `make web` and embedded in the binary.

use axum::{
    Extension, Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use rust_embed::{Embed, EmbeddedFile};

use super::markup::escape;
use crate::http::refusal::refusal;

#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Web;

/// The page may load only its own files.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'; \
     form-action 'none'";

/// File name of the page.
const START: &str = "index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Finding Sweetie</title><h1>Finding Sweetie</h1>\
     <p>The GraphQL API is at <code>/graphql</code>. GraphiQL is not in this binary: run <code>make web</code> and build \
     again, or start with <code>make run</code>.</p></html>";

/// The demo's accounts as shown on its page: a `meta` element that the page's script reads.
#[derive(Clone)]
pub struct LogIns(String);

impl LogIns {
    /// Builds the element from JSON.
    pub fn new(log_ins: &serde_json::Value) -> Self {
        let content = escape(&log_ins.to_string());
        Self(format!("<meta name=\"demo-log-ins\" content=\"{content}\" />"))
    }
}

/// `/` and the files that it loads.
pub fn router() -> Router {
    Router::new()
        .route("/", get(start))
        .route("/assets/{*path}", get(asset))
}

async fn start(log_ins: Option<Extension<LogIns>>) -> Response {
    match (log_ins, Web::get(START)) {
        (Some(Extension(LogIns(meta))), Some(mut file)) => {
            let html = String::from_utf8_lossy(&file.data);
            let html = html.replacen("</head>", &format!("{meta}</head>"), 1);
            file.data = html.into_bytes().into();
            guarded(embedded(START, file))
        }
        _ => page(START),
    }
}

async fn asset(Path(path): Path<String>) -> Response {
    page(&format!("assets/{path}"))
}

/// The answer for unknown paths.
pub fn nothing_here() -> Response {
    let message = "there is nothing at this path: the GraphQL API is at /graphql, a page to try it at /";
    refusal(StatusCode::NOT_FOUND, "NOT_FOUND", message)
}

fn page(path: &str) -> Response {
    guarded(match Web::get(path) {
        Some(file) => embedded(path, file),
        None if path == START => Html(NOT_BUILT).into_response(),
        None => nothing_here(),
    })
}

fn guarded(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// Asset names contain a hash of their content, so they can be cached forever; the page itself is always revalidated.
fn embedded(path: &str, file: EmbeddedFile) -> Response {
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = file.metadata.mimetype().to_owned();
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache.to_owned())],
        file.data,
    )
        .into_response()
}
