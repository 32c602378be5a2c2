//! The pages that mails lead to, and those for signing in with an account at another service, built from `web/` by `make web`
//! and embedded in the binary. Each is the same document: its script sees from the path what to do, and calls the API for it.

use axum::{
    Router,
    http::header,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::web_files;

/// The page may load only its own files and call only its own server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

const PAGES: [&str; 6] = [
    "/verify-email",
    "/confirm-email",
    "/forgot-password",
    "/reset-password",
    "/accept-invitation",
    "/sign-in",
];

/// Where providers of OpenID Connect send people back to.
const FINISH: &str = "/sign-in/finish";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Finding Sweetie</title><h1>Finding Sweetie</h1>\
     <p>This page is not in this binary: run <code>make web</code> and build again.</p></html>";

/// A route for each page.
pub fn router() -> Router {
    PAGES
        .iter()
        .fold(Router::new(), |router, path| router.route(path, get(page)))
        .route(FINISH, get(page_below))
}

async fn page() -> Response {
    answer(html())
}

/// The document names its files relative to where it lies, so that a proxy may serve all under a prefix; this is a level
/// deeper.
async fn page_below() -> Response {
    answer(html().replace("\"./", "\"../"))
}

fn html() -> String {
    web_files::page("account.html").unwrap_or_else(|| NOT_BUILT.to_owned())
}

fn answer(html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, Html(html)).into_response()
}
