//! The query string of signed URLs.

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use entity::Timestamp;
use serde::Deserialize;

use crate::kernel::secret::ticket::Ticket;

/// The ticket in a URL, if it has a well-formed one. The use case checks whether it is genuine.
pub struct MaybeTicket(pub Option<Ticket>);

#[derive(Deserialize)]
struct Signed {
    expires: i64,
    signature: String,
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeTicket {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let signed = Query::<Signed>::try_from_uri(&parts.uri).ok();
        Ok(Self(signed.map(|Query(Signed { expires, signature })| Ticket {
            expires_at: Timestamp(expires),
            signature,
        })))
    }
}
