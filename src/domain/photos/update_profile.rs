//! Changes a member's public profile.

use entity::{id::PhotoId, member, vocabulary::UploadPurpose};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
};

use super::store;
use crate::{
    deps::Deps,
    domain::accounts,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of a name, in characters; the same as at registration.
const MAX_DISPLAY_NAME: usize = 50;

/// The changes; an outer `None` keeps the present value, an inner one removes it.
pub struct UpdateProfile {
    /// Name shown to others, 1 to 50 characters; it cannot be removed.
    pub display_name: Option<Option<String>>,
    /// A public photo that the member uploaded.
    pub avatar_photo_id: Option<Option<PhotoId>>,
}

/// Changes the viewer's own profile and returns it. It is here rather than in `accounts` because it uses photos.
pub async fn update_profile(deps: &Deps, viewer: &Viewer, input: UpdateProfile) -> Result<member::Model> {
    let UpdateProfile {
        display_name,
        avatar_photo_id,
    } = input;
    let id = viewer.require_member()?;
    let display_name = display_name.map(checked).transpose()?;
    deps.write(async |tx| {
        if display_name.is_none() && avatar_photo_id.is_none() {
            return accounts::member_by_id(tx, id).await;
        }
        if let Some(Some(photo)) = avatar_photo_id {
            let found = store::find_own(tx, id, photo, UploadPurpose::PetPhoto).await;
            found.at("avatarPhotoId")?;
        }
        let row = member::ActiveModel {
            id: Set(id),
            display_name: display_name.map_or(NotSet, Set),
            avatar_photo_id: avatar_photo_id.map_or(NotSet, Set),
            ..Default::default()
        };
        let before = accounts::member_by_id(tx, id).await?;
        let member = member::Entity::update(row).exec(tx).await?;
        let avatars: Vec<PhotoId> = before
            .avatar_photo_id
            .into_iter()
            .chain(member.avatar_photo_id)
            .collect();
        store::note_shown(tx, &avatars).await?;
        Ok(member)
    })
    .await
}

fn checked(display_name: Option<String>) -> Result<String> {
    let name = display_name.ok_or_else(|| {
        let message = "displayName cannot be removed: leave it out to keep it";
        Error::field("displayName", FieldCode::Required, message)
    })?;
    text::line("displayName", &name, MAX_DISPLAY_NAME).map_err(|fault| Error::Invalid(vec![fault]))
}
