//! Opens photos by URL.

use std::sync::Arc;

use bytes::Bytes;
use entity::{id::PhotoId, photo};

use super::{links::is_for_photo, policy::is_public, store, variant::Variant};
use crate::{
    deps::Deps,
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// A photo whose URL was requested. A pet's photo is public until it is withdrawn or hidden. From then on, like every
/// chat image, it needs a valid ticket of ours, and otherwise counts as not found.
pub async fn open_photo(deps: &Deps, id: PhotoId, ticket: Option<&Ticket>) -> Result<photo::Model> {
    let is_let_in =
        || ticket.is_some_and(|ticket| is_for_photo(ticket, deps, id) && deps.clock.now() < ticket.expires_at);
    let may_look = |photo: &photo::Model| is_public(photo) || is_let_in();
    store::by_id(deps.db.read(), id)
        .await?
        .filter(may_look)
        .ok_or(Error::NotFound("photo"))
}

/// The bytes of one copy of a photo.
pub async fn read_variant(deps: &Deps, photo: &photo::Model, variant: Variant) -> Result<Bytes> {
    let found = deps.blobs.get(&variant.blob_key(photo.id)).await;
    found
        .map_err(|error| Error::Unavailable(Arc::new(error)))?
        .ok_or(Error::NotFound("photo"))
}
