//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub mod import_file;
pub async fn send_invitation_mail(_deps: &Deps, _id: InvitationId) -> Result<()> {
    Ok(())
}
pub async fn run_import(_deps: &Deps, _id: ImportId) -> Result<()> {
    Ok(())
}
pub async fn authenticate_key(_deps: &Deps, _token: &str) -> Result<crate::kernel::Viewer> {
    Err(crate::kernel::Error::Unauthenticated)
}

pub async fn find(db: &impl sea_orm::ConnectionTrait, id: ShelterId) -> Result<entity::shelter::Model> {
    let found = <entity::shelter::Entity as sea_orm::EntityTrait>::find_by_id(id)
        .one(db)
        .await?;
    found.ok_or(crate::kernel::Error::NotFound("shelter"))
}
pub async fn find_import(
    _db: &impl sea_orm::ConnectionTrait,
    _v: &crate::kernel::Viewer,
    _id: ImportId,
) -> Result<entity::import::Model> {
    Err(crate::kernel::Error::NotFound("import"))
}
