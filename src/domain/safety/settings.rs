//! What members set about safety.

use entity::{
    id::MemberId,
    presence_hiding, safety_setting,
    vocabulary::{PresenceVisibility, ProfanityFilter},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{
    deps::{Deps, Tx},
    kernel::{Result, Viewer},
};

/// What holds for profanity until a member says otherwise.
pub const DEFAULT_PROFANITY: ProfanityFilter = ProfanityFilter::Mask;
/// Who sees whether a member is online, until they say otherwise.
pub const DEFAULT_PRESENCE: PresenceVisibility = PresenceVisibility::EveryoneIChatWith;

/// Says what happens to profanity in what others write to the viewer.
pub async fn update_profanity_filter(deps: &Deps, viewer: &Viewer, filter: ProfanityFilter) -> Result<ProfanityFilter> {
    let me = viewer.require_member()?;
    deps.write(async |tx| change(tx, me, safety_setting::Column::Profanity, filter, DEFAULT_PRESENCE).await)
        .await?;
    Ok(filter)
}

/// Says who sees whether the member is online.
pub async fn set_presence(tx: &Tx, me: MemberId, visibility: PresenceVisibility) -> Result<()> {
    change(tx, me, safety_setting::Column::Presence, DEFAULT_PROFANITY, visibility).await
}

/// A row with both values where there is none; otherwise the one column changes.
async fn change(
    tx: &Tx,
    me: MemberId,
    column: safety_setting::Column,
    profanity: ProfanityFilter,
    presence: PresenceVisibility,
) -> Result<()> {
    let row = safety_setting::ActiveModel {
        member_id: Set(me),
        profanity: Set(profanity),
        presence: Set(presence),
    };
    let kept = OnConflict::column(safety_setting::Column::MemberId)
        .update_column(column)
        .to_owned();
    safety_setting::Entity::insert(row)
        .on_conflict(kept)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Hides from one member whether another is online, or does so no more. Twice is once.
pub async fn set_hiding(tx: &Tx, me: MemberId, hidden_from: MemberId, hide: bool) -> Result<()> {
    if !hide {
        presence_hiding::Entity::delete_by_id((me, hidden_from))
            .exec(tx)
            .await?;
        return Ok(());
    }
    let row = presence_hiding::ActiveModel {
        member_id: Set(me),
        hidden_from: Set(hidden_from),
    };
    let twice = OnConflict::new().do_nothing().to_owned();
    presence_hiding::Entity::insert(row)
        .on_conflict(twice)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
