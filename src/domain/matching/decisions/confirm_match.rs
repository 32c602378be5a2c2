//! Confirms that two reports are about the same animal.

use entity::{
    id::MatchId,
    pet_match::{self, Column},
    vocabulary::{MatchState, PetStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::decision::{Decision, set_status};
use crate::{
    deps::{Deps, Tx},
    domain::{custody, matching::store},
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Confirms a match for the viewer's side: its report becomes matched, and the other side is told. The other report
/// stays as it is until that side confirms as well. If the other animal is home already, so is this one, and the
/// viewer's report is closed as reunited, also when that side had confirmed before. Exact places stay closed: only an
/// accepted claim opens them.
pub async fn confirm_match(deps: &Deps, viewer: &Viewer, id: MatchId) -> Result<pet_match::Model> {
    deps.write(async |tx| confirm(tx, viewer, "id", id).await).await
}

/// The same as part of a transaction; `field` is the input that names the match.
pub async fn confirm(tx: &Tx, viewer: &Viewer, field: &'static str, id: MatchId) -> Result<pet_match::Model> {
    let decision = Decision::begin(tx, viewer, field, id).await?;
    if decision.found.state == MatchState::Dismissed {
        let message = "this match was dismissed: write to the other side instead";
        return Err(Error::field(field, FieldCode::NotAllowed, message));
    }
    let found = &decision.found;
    let news = decision.news(
        (found.lost_confirmed_by, Column::LostConfirmedBy),
        (found.other_confirmed_by, Column::OtherConfirmedBy),
    );
    let is_home = match (other_is_home(&decision, field), news.is_empty()) {
        // The same again changes nothing, unless the other animal has come home since, or the own report is open again.
        (Err(_), true) => return Ok(decision.found),
        (is_home, _) => is_home?,
    };
    if !news.is_empty() {
        write(tx, &decision, &news).await?;
        decision.announce(tx);
    }
    let own = decision.own_reports().filter(|pet| decision.open.contains_key(&pet.id));
    if is_home {
        for pet in own {
            custody::reunite(tx, pet.id).await?;
        }
    } else {
        set_status(tx, own.filter(|pet| pet.status == PetStatus::Open), PetStatus::Matched).await?;
    }
    store::with_id(tx, id).await
}

/// Whether the other report was closed because its animal is home. Refuses matches with a report that was closed
/// otherwise, or changed so that they cannot be one animal.
fn other_is_home(decision: &Decision, field: &'static str) -> Result<bool> {
    let is_closed = |id| !decision.open.contains_key(id);
    let refuse = |message| Err(Error::field(field, FieldCode::NotAllowed, message));
    if decision.own.iter().any(is_closed) {
        return refuse("your report is closed: make a new one if the animal is missing again");
    }
    match decision.counterparts().find(|pet| is_closed(&pet.id)) {
        Some(pet) if pet.status == PetStatus::Reunited => Ok(true),
        Some(_) => refuse("the other report is closed: write to the other side instead"),
        None if decision.found.ended_at.is_some() => {
            refuse("the reports say by now that they are two animals: write to the other side instead")
        }
        None => Ok(false),
    }
}

async fn write(tx: &Tx, decision: &Decision, columns: &[Column]) -> Result<()> {
    let mut update = pet_match::Entity::update_many()
        .col_expr(Column::State, Expr::value(MatchState::Confirmed))
        .col_expr(Column::DecidedBy, Expr::value(decision.member_id))
        .col_expr(Column::UpdatedAt, Expr::value(tx.now()))
        .filter(pet_match::COLUMN.id.eq(decision.found.id));
    for column in columns {
        update = update.col_expr(*column, Expr::value(decision.member_id));
    }
    update.exec(tx).await?;
    Ok(())
}
