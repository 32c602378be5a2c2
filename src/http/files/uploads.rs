//! `PUT /uploads/{upload}`: the bytes of an upload. The signature in the URL grants the right to send them; tokens are
//! ignored.

use std::{io, time::Duration};

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::put,
};
use futures_util::stream;
use tokio_stream::StreamExt;

use super::ticket::MaybeTicket;
use crate::{
    deps::Deps,
    domain::photos::{self, StoreUploadError},
    http::{
        connection::is_too_slow,
        refusal::{failed, refusal},
    },
    kernel::Error,
    ports::blobs::ByteStream,
};

/// Time limit for the whole transfer; enough for 200 MB at one megabit per second.
const LONGEST_TRANSFER: Duration = Duration::from_secs(30 * 60);

/// The route for uploads.
pub fn router(deps: Deps) -> Router {
    Router::new().route("/uploads/{id}", put(store)).with_state(deps)
}

async fn store(
    State(deps): State<Deps>,
    id: Result<Path<String>, PathRejection>,
    MaybeTicket(ticket): MaybeTicket,
    body: Body,
) -> Response {
    let id = id.ok().and_then(|Path(id)| id.parse().ok());
    let stored = match (id, ticket) {
        (None, _) => Err(StoreUploadError::Unknown),
        (_, None) => Err(StoreUploadError::Forged),
        (Some(id), Some(ticket)) => {
            let length = body.size_hint().exact();
            // If the sender disconnects, this handler is cancelled, but the clean-up must still run.
            let storing =
                tokio::spawn(async move { photos::store_upload(&deps, id, &ticket, length, pieces(body)).await });
            storing.await.unwrap_or_else(|error| Err(Error::internal(error).into()))
        }
    };
    match stored {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => not_taken(&error),
    }
}

/// The bytes of a file as they arrive. It fails if the sender disconnects, is too slow or takes too long in total.
pub fn pieces(body: Body) -> ByteStream<'static> {
    let over = Box::pin(tokio::time::sleep(LONGEST_TRANSFER));
    Box::pin(stream::unfold(
        (body.into_data_stream(), over),
        |(mut arriving, mut over)| async {
            let piece = tokio::select! {
                piece = arriving.next() => piece?.map_err(|error| match is_too_slow(&error) {
                    true => io::ErrorKind::TimedOut.into(),
                    false => io::ErrorKind::UnexpectedEof.into(),
                }),
                () = &mut over => Err(io::ErrorKind::TimedOut.into()),
            };
            Some((piece, (arriving, over)))
        },
    ))
}

/// The answer to bytes that were not taken.
pub fn not_taken(error: &StoreUploadError) -> Response {
    let (status, code) = match error {
        StoreUploadError::Forged => (StatusCode::FORBIDDEN, "FORBIDDEN"),
        StoreUploadError::Expired => (StatusCode::GONE, "EXPIRED"),
        StoreUploadError::Unknown => (StatusCode::NOT_FOUND, "NOT_FOUND"),
        StoreUploadError::AlreadyStored | StoreUploadError::UnderWay => (StatusCode::CONFLICT, "CONFLICT"),
        StoreUploadError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE"),
        StoreUploadError::TooShort { .. } => (StatusCode::BAD_REQUEST, "TOO_SHORT"),
        StoreUploadError::TooSlow => (StatusCode::REQUEST_TIMEOUT, "TIMEOUT"),
        StoreUploadError::Failed(cause) => return failed(cause),
    };
    refusal(status, code, &error.to_string())
}
