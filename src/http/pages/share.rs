//! `GET /s/{code}`: a shared link. `GET /p/{pet}`: the public page of a pet.

use axum::{
    Router,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use entity::id::PetId;

use super::pet_page;
use crate::{
    deps::Deps,
    domain::sharing::{self, Visit},
    http::connection::address_of,
    kernel::{Error, Result},
};

/// The routes for shared links and public pages.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/s/{code}", get(follow))
        .route("/p/{pet}", get(page))
        .with_state(deps)
}

async fn follow(State(deps): State<Deps>, path: Result<Path<String>, PathRejection>, request: Request) -> Response {
    let code = path.map(|Path(code)| code).unwrap_or_default();
    let visit = Visit {
        address: address_of(request.extensions()),
        // A request for only the headers comes from a program that checks links.
        user_agent: agent(request.headers()).filter(|_| request.method() == Method::GET),
    };
    match sharing::visit_share(&deps, &code, visit).await {
        Ok(pet) => {
            let to = format!("{}/p/{pet}", deps.public_url);
            (
                StatusCode::FOUND,
                [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store".to_owned())],
            )
                .into_response()
        }
        Err(error) => wrong(&deps, &error),
    }
}

async fn page(State(deps): State<Deps>, path: Result<Path<String>, PathRejection>) -> Response {
    let id = path.ok().and_then(|Path(id)| id.parse::<PetId>().ok());
    let found = match id {
        Some(id) => sharing::public_pet(&deps, id).await,
        None => Err(Error::NotFound("pet")),
    };
    match found {
        Ok(pet) => document(
            StatusCode::OK,
            "public, max-age=60",
            pet_page::of_pet(&pet, &deps.public_url),
        ),
        Err(error) => wrong(&deps, &error),
    }
}

/// The page for pets that do not exist, and for errors.
fn wrong(deps: &Deps, error: &Error) -> Response {
    let (status, words) = match error {
        Error::NotFound(_) => (
            StatusCode::NOT_FOUND,
            "There is no such page. It may have been removed.",
        ),
        Error::Unavailable(cause) | Error::Internal(cause) => {
            tracing::error!(error = ?cause, "a page could not be shown");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "This does not work right now. Please try again in a moment.",
            )
        }
        _ => (StatusCode::BAD_REQUEST, "This link is incomplete."),
    };
    document(status, "no-store", pet_page::of_fault(words, &deps.public_url))
}

fn document(status: StatusCode, cache: &'static str, html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, pet_page::policy().to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
    ];
    (status, headers, Html(html)).into_response()
}

fn agent(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::USER_AGENT)?.to_str().ok()
}
