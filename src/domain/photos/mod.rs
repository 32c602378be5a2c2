//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub mod image;

pub async fn find_own(
    _db: &impl sea_orm::ConnectionTrait,
    _owner: MemberId,
    _id: PhotoId,
    _purpose: entity::vocabulary::UploadPurpose,
) -> Result<entity::photo::Model> {
    Err(crate::kernel::Error::NotFound("photo"))
}
