//! Members' safety settings.

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

/// Setting for profanity until a member changes it.
pub const DEFAULT_PROFANITY: ProfanityFilter = ProfanityFilter::Mask;
/// Audience for a member's online status until they change it.
pub const DEFAULT_PRESENCE: PresenceVisibility = PresenceVisibility::EveryoneIChatWith;

/// Sets how profanity in messages to the viewer is shown.
pub async fn update_profanity_filter(deps: &Deps, viewer: &Viewer, filter: ProfanityFilter) -> Result<ProfanityFilter> {
    let me = viewer.require_member()?;
    deps.write(async |tx| change(tx, me, safety_setting::Column::Profanity, filter, DEFAULT_PRESENCE).await)
        .await?;
    Ok(filter)
}

/// Sets who can see whether the member is online.
pub async fn set_presence(tx: &Tx, me: MemberId, visibility: PresenceVisibility) -> Result<()> {
    change(tx, me, safety_setting::Column::Presence, DEFAULT_PROFANITY, visibility).await
}

/// Inserts a row with both values if there is none; otherwise changes one column.
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

/// Hides a member's online status from another member, or shows it again. Idempotent.
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
