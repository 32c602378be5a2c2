//! The developers' page: GraphiQL, built from npm packages by `make web` and embedded in the binary.

use axum::{
    Extension, Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::{nothing_here::unknown_path, web_files};
use crate::kernel::markup::escape;

/// The page may load only its own files.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'; \
     form-action 'none'";

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

/// What search engines may read: everything but the API.
const ROBOTS: &str = "User-agent: *\nDisallow: /graphql\n";

/// `/` and the files that it loads.
pub fn router() -> Router {
    Router::new()
        .route("/", get(start))
        .route("/robots.txt", get(ROBOTS))
        .route("/assets/{*path}", get(asset))
}

/// The page is always revalidated; what it loads is not.
async fn start(log_ins: Option<Extension<LogIns>>) -> Response {
    let Some(mut html) = web_files::page("index.html") else {
        return guarded(Html(NOT_BUILT).into_response());
    };
    if let Some(Extension(LogIns(meta))) = log_ins {
        html = html.replacen("</head>", &format!("{meta}</head>"), 1);
    }
    guarded(([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response())
}

async fn asset(Path(name): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    match web_files::asset(&name, &headers) {
        Some(file) => guarded(file),
        None => unknown_path(uri, headers).await,
    }
}

fn guarded(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
