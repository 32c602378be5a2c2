//! Photos made of pictures that were fetched for a report, and that nobody uploaded.

use bytes::Bytes;
use entity::id::{MemberId, PhotoId};

use super::develop::Developed;
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// A photo of a pet whose copies are stored, but not its row: [`FetchedPhoto::develop`] before the transaction that shows it,
/// and in it [`FetchedPhoto::insert`]; if that was not to be, [`FetchedPhoto::discard`] after it.
pub struct FetchedPhoto(Developed);

impl FetchedPhoto {
    /// Makes and stores the copies of a picture, checked and stripped as if that member had uploaded it. What is wrong with
    /// the picture is an error of no field.
    pub async fn develop(deps: &Deps, owner: MemberId, bytes: Bytes) -> Result<Self> {
        Developed::of_fetched(deps, owner, bytes).await.map(Self)
    }

    /// The id that the photo has, or would have.
    pub fn id(&self) -> PhotoId {
        self.0.id()
    }

    /// Inserts its row.
    pub async fn insert(&self, tx: &Tx) -> Result<PhotoId> {
        Ok(self.0.insert_row(tx).await?.id)
    }

    /// Deletes the copies of a photo that nothing shows. What stays only costs space until it is swept.
    pub async fn discard(self, deps: &Deps) {
        self.0.discard(deps).await;
    }
}
