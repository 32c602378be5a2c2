//! The answers for paths that do not exist, and for methods that a path does not take: JSON for programs, a page for people.

use axum::{
    http::{HeaderMap, Method, StatusCode, Uri, header::ACCEPT},
    response::{Html, IntoResponse, Response},
};

use crate::http::refusal::refusal;
use crate::kernel::markup::escape;

/// For people who have typed or followed an address.
const UNKNOWN: &str = "there is nothing at this path: the GraphQL API is at /graphql, a page to try it at /";
/// For clients whose address is nearly right. They are not redirected: browsers do not follow with a preflight, and many
/// clients do not with a POST.
const NEARLY: &str = "there is nothing at this path: the GraphQL API is at /graphql, written exactly so";

/// 404, with what there is instead.
pub async fn unknown_path(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_end_matches('/').to_ascii_lowercase();
    let message = match path.ends_with("/graphql") {
        true => NEARLY,
        false => UNKNOWN,
    };
    match wants_page(&headers) {
        true => (
            StatusCode::NOT_FOUND,
            [("cache-control", "no-store")],
            Html(page(message)),
        )
            .into_response(),
        false => refusal(StatusCode::NOT_FOUND, "NOT_FOUND", message),
    }
}

/// 405; the header `Allow` has the methods.
pub async fn wrong_method(method: Method) -> Response {
    let message = format!("this path does not take {method}: the header Allow says what it takes");
    refusal(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", &message)
}

/// Browsers name HTML when a person opens an address; programs do not.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).into_iter();
    let mut accepted = accepted.filter_map(|value| value.to_str().ok());
    accepted.any(|value| value.contains("text/html"))
}

fn page(message: &str) -> String {
    let message = escape(message);
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found - Finding Sweetie</title>\
         <h1>Not found</h1><p>{message}.</p><p><a href=\"/\">To the start</a></p></html>"
    )
}
