//! `GET /shelters/{shelter}/animals.json`: the public list of a shelter's animals, for its own web site. Scripts of any site may
//! read it.

use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

use super::known_copy::is_known;
use crate::{
    deps::Deps,
    domain::shelters,
    http::refusal::failed,
    kernel::{Error, Result},
};

/// The route for lists of animals.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/shelters/{shelter}/animals.json", get(serve))
        .with_state(deps)
}

async fn serve(State(deps): State<Deps>, path: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Response {
    let shelter = path.ok().and_then(|Path(id)| id.parse().ok());
    let found = match shelter {
        Some(id) => shelters::feed(&deps, id).await,
        None => Err(Error::NotFound("shelter")),
    };
    let mut response = match found {
        Ok(list) => answer(list, &headers),
        Err(error) => failed(&error),
    };
    let any = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    response
}

fn answer(list: String, headers: &HeaderMap) -> Response {
    let digest: String = Sha256::digest(&list).iter().map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let own = [
        (header::CACHE_CONTROL, "public, max-age=60".to_owned()),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin".to_owned(),
        ),
        (header::ETAG, tag.clone()),
    ];
    match is_known(headers, &tag) {
        true => (StatusCode::NOT_MODIFIED, own).into_response(),
        false => (own, [(header::CONTENT_TYPE, "application/json")], list).into_response(),
    }
}
