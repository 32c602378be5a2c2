//! `GET /imports/{import}/errors` and `…/warnings`: what is wrong with the rows of an import as CSV, for whoever has the
//! signed link.

use axum::{
    Router,
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};

use super::ticket::MaybeTicket;
use crate::{
    deps::Deps,
    domain::shelters::{self, Faults},
    http::refusal::failed,
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// The route for both lists.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/imports/{import}/{faults}", get(serve))
        .with_state(deps)
}

async fn serve(
    State(deps): State<Deps>,
    path: Result<Path<(String, String)>, PathRejection>,
    MaybeTicket(ticket): MaybeTicket,
) -> Response {
    let (id, faults) = path.map(|Path(names)| names).unwrap_or_default();
    let served = respond(&deps, &id, &faults, ticket.as_ref()).await;
    served.unwrap_or_else(|error| failed(&error))
}

async fn respond(deps: &Deps, id: &str, faults: &str, ticket: Option<&Ticket>) -> Result<Response> {
    let gone = || Error::NotFound("import report");
    let (id, ticket) = (id.parse().map_err(|_| gone())?, ticket.ok_or_else(gone)?);
    let faults: Faults = faults.parse()?;
    let pieces = shelters::open_import_report(deps, id, faults, ticket).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"import-{faults}.csv\""),
        ),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
