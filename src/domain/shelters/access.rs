//! Access checks for shelters. Shelters are public, so viewers without the rights get `Forbidden`, not `NotFound`.

use entity::{
    id::{MemberId, ShelterId},
    shelter,
    vocabulary::{Role, StaffRole},
};
use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    domain::{
        accounts,
        staff::{Actor, staff_role},
    },
    kernel::{AtField, Error, Result, Viewer},
};

/// The shelter, if the viewer may invite staff and create keys for it.
pub(super) async fn administered(db: &impl ConnectionTrait, viewer: &Viewer, id: ShelterId) -> Result<shelter::Model> {
    let refusal = "only an ADMIN of the shelter's staff can do this";
    allowed(db, viewer, id, Actor::may_administer, refusal).await
}

/// Whether a member may currently invite staff for the shelter.
pub(super) async fn may_invite(db: &impl ConnectionTrait, member_id: MemberId, id: ShelterId) -> Result<bool> {
    let is_admin_there = staff_role(db, id, member_id).await? == Some(StaffRole::Admin);
    Ok(is_admin_there || Role::Admin <= accounts::member_by_id(db, member_id).await?.role)
}

/// The shelter, if the viewer may import files for it.
pub(super) async fn importing(db: &impl ConnectionTrait, viewer: &Viewer, id: ShelterId) -> Result<shelter::Model> {
    let refusal = "only ADMIN and STAFF of the shelter, and its keys with imports:write, can import files";
    allowed(db, viewer, id, Actor::may_import, refusal).await
}

async fn allowed(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: ShelterId,
    right: fn(&Actor, ShelterId) -> bool,
    refusal: &'static str,
) -> Result<shelter::Model> {
    viewer.refuse_visitor()?;
    let shelter = store::find(db, id).await.at("shelterId")?;
    if right(&Actor::of(db, viewer).await?, id) {
        Ok(shelter)
    } else {
        Err(Error::Forbidden(refusal.into()))
    }
}
