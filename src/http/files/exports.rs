//! `GET /exports/{export}`: archives of members' data, for whoever has the signed link.

use std::io::{self, Read};

use axum::{
    Router,
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use futures_util::{Stream, stream};

use super::ticket::MaybeTicket;
use crate::{
    deps::Deps,
    domain::privacy,
    http::refusal::failed,
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// The route for archives.
pub fn router(deps: Deps) -> Router {
    Router::new().route("/exports/{export}", get(serve)).with_state(deps)
}

async fn serve(
    State(deps): State<Deps>,
    path: Result<Path<String>, PathRejection>,
    MaybeTicket(ticket): MaybeTicket,
) -> Response {
    let id = path.map(|Path(id)| id).unwrap_or_default();
    let served = respond(&deps, &id, ticket.as_ref()).await;
    served.unwrap_or_else(|error| failed(&error))
}

async fn respond(deps: &Deps, id: &str, ticket: Option<&Ticket>) -> Result<Response> {
    let gone = || Error::NotFound("data export");
    let (id, ticket) = (id.parse().map_err(|_| gone())?, ticket.ok_or_else(gone)?);
    let (bytes, length) = privacy::open_export(deps, id, ticket).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"finding-sweetie-data.json\"".to_owned(),
        ),
    ];
    Ok((headers, Body::from_stream(pieces(bytes))).into_response())
}

/// The archive, read by threads that may wait for the disk.
fn pieces(bytes: Box<dyn Read + Send>) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(bytes, |mut bytes| async {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = bytes.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, io::Error>((piece, bytes))
        });
        let (piece, bytes) = read.await.map_err(io::Error::other)??;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), bytes)))
    })
}
