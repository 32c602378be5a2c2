//! Skeleton.

use crate::kernel::{Error, Result, Viewer};
use entity::{id::*, pet};
use sea_orm::ConnectionTrait;

pub async fn find(_db: &impl ConnectionTrait, _viewer: &Viewer, _id: PetId) -> Result<pet::Model> {
    Err(Error::NotFound("pet"))
}
