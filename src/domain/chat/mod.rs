//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub async fn find(
    _db: &impl sea_orm::ConnectionTrait,
    _v: &crate::kernel::Viewer,
    _id: ConversationId,
) -> Result<entity::conversation::Model> {
    Err(crate::kernel::Error::NotFound("conversation"))
}
pub async fn member_ids(_db: &impl sea_orm::ConnectionTrait, _id: ConversationId) -> Result<Vec<MemberId>> {
    Ok(vec![])
}
