//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub async fn find(
    _db: &impl sea_orm::ConnectionTrait,
    _viewer: &crate::kernel::Viewer,
    _id: PetId,
) -> Result<entity::pet::Model> {
    Err(crate::kernel::Error::NotFound("pet"))
}
