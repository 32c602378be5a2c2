//! Asks for the deletion of one's account.

use entity::{Timestamp, vocabulary::StaffRole};

use crate::{
    deps::Deps,
    domain::{
        accounts::{self, DeleteAccount},
        staff,
    },
    kernel::{Error, FieldCode, FieldError, Result, Viewer, viewer::Origin},
};

/// Marks the viewer's account for deletion and returns when it is made. The last ADMIN of a shelter that has other staff is
/// refused, because nobody could administer it.
pub async fn delete_account(deps: &Deps, viewer: &Viewer, origin: &Origin, input: DeleteAccount) -> Result<Timestamp> {
    let id = viewer.require_member()?;
    for membership in staff::memberships_of(deps.db.read(), id).await? {
        let team = staff::staff_of(deps.db.read(), membership.shelter_id).await?;
        let other_admins = team
            .iter()
            .any(|row| row.member_id != id && row.role == StaffRole::Admin);
        if membership.role == StaffRole::Admin && 1 < team.len() && !other_admins {
            return Err(Error::Invalid(vec![FieldError {
                path: Vec::new(),
                code: FieldCode::NotAllowed,
                message: "you are the last ADMIN of a shelter: make another member of its staff ADMIN first".to_owned(),
            }]));
        }
    }
    accounts::schedule_deletion(deps, viewer, origin, input).await
}
