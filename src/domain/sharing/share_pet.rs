//! Creates a link for sharing a report.

use entity::{
    id::{MemberId, PetId, ShareId},
    share,
    vocabulary::SharePlatform,
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::link::{code, intent_url, text};
use crate::{
    deps::{Deps, HOUR, IdempotencyKey, Limit, Remembered, Tx, is_repeat, once},
    domain::pets,
    kernel::{AtField, Error, Result, Viewer},
};

/// Maximum number of links per member and hour.
pub(super) const SHARES: Limit = Limit::new("share", 120, "shares", HOUR);
/// Maximum attempts to find an unused code; with 4 * 10^17 codes, a second one means that the generator is broken.
const DRAWS: u32 = 5;

/// Input for sharing a report.
pub struct SharePet {
    /// The pet to share.
    pub pet_id: PetId,
    /// The platform it will be shared on.
    pub platform: SharePlatform,
    /// A repeat with the same key and input within 24 hours returns the first link.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A link that is ready to share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Leads to the pet's public page and counts its visitors.
    pub url: String,
    /// Text with the link and hashtags.
    pub text: String,
    /// URL at which the platform accepts the text.
    pub intent_url: String,
}

/// Creates a new link each time a member shares a report, so that visits are counted separately.
pub async fn share_pet(deps: &Deps, viewer: &Viewer, input: SharePet) -> Result<Share> {
    let SharePet {
        pet_id,
        platform,
        idempotency_key,
    } = input;
    let member = viewer.require_member()?;
    let pet = pets::find(deps.db.read(), viewer, pet_id).await.at("petId")?;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "sharePet", key).await? {
        deps.limit(&SHARES, member).await?;
    }
    let code = deps
        .write(async |tx| {
            let reservation = match once(tx, viewer, "sharePet", key).await? {
                Remembered::New(reservation) => reservation,
                Remembered::Done(code) => return Ok(code),
            };
            let code = draw(deps, tx, member, pet_id, platform).await?;
            reservation.fulfil(tx, &code).await?;
            Ok(code)
        })
        .await?;
    let url = format!("{}/s/{code}", deps.public_url);
    Ok(Share {
        text: text(&pet, &url),
        intent_url: intent_url(&pet, platform, &url),
        url,
    })
}

async fn draw(deps: &Deps, tx: &Tx, member: MemberId, pet_id: PetId, platform: SharePlatform) -> Result<String> {
    for _ in 0..DRAWS {
        if let Some(code) = insert(deps, tx, member, pet_id, platform).await? {
            return Ok(code);
        }
    }
    Err(Error::broken("no code for a share is free"))
}

/// Stores the link under a new code; `None` if the code is taken.
async fn insert(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    pet_id: PetId,
    platform: SharePlatform,
) -> Result<Option<String>> {
    let Some(code) = code(&deps.ids.secret()) else {
        return Ok(None);
    };
    let row = share::ActiveModel {
        id: Set(ShareId(deps.ids.uuid(tx.now()))),
        pet_id: Set(pet_id),
        member_id: Set(Some(member)),
        platform: Set(platform),
        code: Set(code.clone()),
        created_at: Set(tx.now()),
    };
    let inserted = share::Entity::insert(row)
        .on_conflict(OnConflict::column(share::Column::Code).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok((inserted == 1).then_some(code))
}
