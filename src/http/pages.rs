//! The page for developers: GraphiQL, built from npm packages by `make web` and embedded in the binary.

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Web;

/// What the page may load: itself, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'; \
     form-action 'none'";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Finding Sweetie</title><h1>Finding Sweetie</h1>\
     <p>The GraphQL API is at <code>/graphql</code>. GraphiQL is not in this binary: run <code>make web</code> and build \
     again, or start with <code>make run</code>.</p></html>";

/// `/` and what it loads.
pub fn router() -> Router {
    Router::new()
        .route("/", get(async || page("index.html")))
        .route("/assets/{*path}", get(asset))
}

async fn asset(Path(path): Path<String>) -> Response {
    page(&format!("assets/{path}"))
}

fn page(path: &str) -> Response {
    let mut response = match Web::get(path) {
        Some(file) => embedded(path, file),
        None if path == "index.html" => Html(NOT_BUILT).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    };
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// Names of assets carry a hash of their content, so they never change; the page itself is asked for anew.
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
