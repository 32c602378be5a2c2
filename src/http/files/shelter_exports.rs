//! `GET /shelters/{shelter}/exports/{file}`: files about a shelter's animals, for whoever has the signed link. They are read from
//! the tables while they are sent.

use std::{collections::HashMap, io};

use axum::{
    Router,
    body::Body,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use futures_util::{Stream, stream};

use super::ticket::MaybeTicket;
use crate::{
    deps::Deps,
    domain::shelters::{self, Export, ExportPages},
    http::refusal::failed,
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// The route for files about a shelter's animals.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/shelters/{shelter}/exports/{file}", get(serve))
        .with_state(deps)
}

async fn serve(
    State(deps): State<Deps>,
    path: Result<Path<(String, String)>, PathRejection>,
    arguments: Result<Query<HashMap<String, String>>, QueryRejection>,
    MaybeTicket(ticket): MaybeTicket,
) -> Response {
    let (Ok(Path((shelter, file))), Ok(Query(arguments)), Some(ticket)) = (path, arguments, ticket) else {
        return failed(&Error::NotFound("export"));
    };
    let export = Export::named(&file, &arguments);
    let served = respond(&deps, &shelter, export, &ticket).await;
    served.unwrap_or_else(|error| failed(&error))
}

async fn respond(deps: &Deps, shelter: &str, export: Option<Export>, ticket: &Ticket) -> Result<Response> {
    let gone = || Error::NotFound("export");
    let (shelter, export) = (shelter.parse().map_err(|_| gone())?, export.ok_or_else(gone)?);
    let saved_as = export.saved_as();
    let pages = shelters::open_export(deps, shelter, export, ticket).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{saved_as}\""),
        ),
    ];
    Ok((headers, Body::from_stream(pieces(pages))).into_response())
}

/// The text of a file. If it cannot be read to its end, the connection breaks, so that nobody takes a part for the whole.
fn pieces(pages: ExportPages) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(pages, |mut pages| async move {
        let page = pages.next_page().await.map_err(|error| {
            tracing::error!(error = ?error, "a file about a shelter's animals broke off");
            io::Error::other(error)
        })?;
        Ok(page.map(|text| (Bytes::from(text), pages)))
    })
}
