//! Confirms that two reports are about the same animal.

use entity::{
    id::{MatchId, MemberId, PetId},
    pet, pet_match,
    vocabulary::{MatchState, PetStatus},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{
    policy::{may_decide, speaks_for},
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::staff::Actor,
    events::{MatchEvent, PetEvent},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Confirms a match for the viewer's side. The viewer's report becomes matched, and the other side is notified. The other
/// report stays as it is until that side confirms as well. Exact places stay closed: only an accepted claim opens them.
pub async fn confirm_match(deps: &Deps, viewer: &Viewer, id: MatchId) -> Result<pet_match::Model> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let (found, sides) = store::find(tx, &actor, id).await.at("id")?;
        if !may_decide(&actor, &sides) {
            return Err(Error::Forbidden(
                "only the people who made the two reports can decide about a match".into(),
            ));
        }
        if found.state == MatchState::Dismissed {
            let message = "this match was dismissed: write to the other side instead";
            return Err(Error::field("id", FieldCode::NotAllowed, message));
        }
        let own: Vec<&pet::Model> = sides.iter().filter(|pet| speaks_for(&actor, pet)).collect();
        let own_ids: Vec<PetId> = own.iter().map(|pet| pet.id).collect();
        if confirm_sides(tx, &found, &own_ids, member_id).await? {
            announce(tx, id, &sides);
        }
        let open = own.into_iter().filter(|pet| pet.status == PetStatus::Open);
        set_status(tx, open, PetStatus::Matched).await?;
        store::with_id(tx, id).await
    })
    .await
}

/// Records that the member confirms the match for these reports; false if they already had.
async fn confirm_sides(tx: &Tx, found: &pet_match::Model, own: &[PetId], member_id: MemberId) -> Result<bool> {
    let lost = (
        found.lost_id,
        found.lost_confirmed_by,
        pet_match::Column::LostConfirmedBy,
    );
    let other = (
        found.other_id,
        found.other_confirmed_by,
        pet_match::Column::OtherConfirmedBy,
    );
    let is_news = |(id, confirmed_by, _): &(PetId, Option<MemberId>, _)| confirmed_by.is_none() && own.contains(id);
    let news: Vec<_> = [lost, other].into_iter().filter(is_news).collect();
    if news.is_empty() {
        return Ok(false);
    }
    decide(tx, found.id, MatchState::Confirmed, member_id).await?;
    for (_, _, column) in news {
        pet_match::Entity::update_many()
            .col_expr(column, Expr::value(member_id))
            .filter(pet_match::COLUMN.id.eq(found.id))
            .exec(tx)
            .await?;
    }
    Ok(true)
}

/// Records a decision, unless the other side has dismissed the match in the meantime.
pub(super) async fn decide(tx: &Tx, id: MatchId, state: MatchState, decided_by: MemberId) -> Result<()> {
    let decided = pet_match::Entity::update_many()
        .col_expr(pet_match::Column::State, Expr::value(state))
        .col_expr(pet_match::Column::DecidedBy, Expr::value(decided_by))
        .col_expr(pet_match::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(pet_match::COLUMN.id.eq(id))
        .filter(pet_match::COLUMN.state.ne(MatchState::Dismissed))
        .exec(tx)
        .await?;
    if decided.rows_affected == 1 {
        return Ok(());
    }
    Err(Error::Conflict(
        "the match has just been dismissed: fetch it again".into(),
    ))
}

/// Announces the change to both sides.
pub(super) fn announce(tx: &Tx, id: MatchId, sides: &[pet::Model]) {
    let member_ids = sides.iter().filter_map(|pet| pet.reporter_id).collect();
    tx.announce(MatchEvent::MatchDecided {
        match_id: id,
        member_ids,
    });
}

/// Changes reports from open to matched, or back.
pub(super) async fn set_status(tx: &Tx, reports: impl Iterator<Item = &pet::Model>, status: PetStatus) -> Result<()> {
    let pet_ids: Vec<_> = reports.map(|pet| pet.id).collect();
    if pet_ids.is_empty() {
        return Ok(());
    }
    pet::Entity::update_many()
        .col_expr(pet::Column::Status, Expr::value(status))
        .col_expr(pet::Column::UpdatedAt, Expr::value(tx.now()))
        .col_expr(pet::Column::Version, Expr::col(pet::Column::Version).add(1))
        .filter(pet::COLUMN.id.is_in(pet_ids.iter().copied()))
        .exec(tx)
        .await?;
    tx.announce(PetEvent::PetStatusChanged { pet_ids });
    Ok(())
}
