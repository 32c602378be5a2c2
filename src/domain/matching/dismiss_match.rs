//! Records that two reports are about different animals.

use entity::{
    id::MatchId,
    pet_match,
    vocabulary::{MatchState, PetStatus},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    confirm_match::{announce, decide, set_status},
    policy::{may_decide, speaks_for},
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::staff::Actor,
    kernel::{AtField, Error, Result, Viewer, text},
};

/// Dismisses a match permanently: the pair never causes an alert again.
pub async fn dismiss_match(
    deps: &Deps,
    viewer: &Viewer,
    id: MatchId,
    reason: Option<String>,
) -> Result<pet_match::Model> {
    let reason = text::optional_line("reason", reason.as_deref(), 300).map_err(|fault| Error::Invalid(vec![fault]))?;
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let (found, sides) = store::find(tx, &actor, id).await.at("id")?;
        if !may_decide(&actor, &sides) {
            return Err(Error::Forbidden(
                "only the people who made the two reports can decide about a match".into(),
            ));
        }
        if found.state != MatchState::Dismissed {
            decide(tx, id, MatchState::Dismissed, member_id).await?;
            set_reason(tx, id, reason).await?;
            announce(tx, id, &sides);
        }
        for pet in sides
            .iter()
            .filter(|pet| speaks_for(&actor, pet) && pet.status == PetStatus::Matched)
        {
            let others = store::of_pet(tx, pet.id).await?;
            if !others.iter().any(|other| other.state == MatchState::Confirmed) {
                set_status(tx, std::iter::once(pet), PetStatus::Open).await?;
            }
        }
        store::with_id(tx, id).await
    })
    .await
}

async fn set_reason(tx: &Tx, id: MatchId, reason: Option<String>) -> Result<()> {
    let row = pet_match::ActiveModel {
        id: Set(id),
        reason: Set(reason),
        ..Default::default()
    };
    pet_match::Entity::update(row).exec(tx).await?;
    Ok(())
}
