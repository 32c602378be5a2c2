//! What both decisions about a match have in common.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{MatchId, MemberId, PetId},
    pet, pet_match,
    vocabulary::{MatchState, PetStatus},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    deps::Tx,
    domain::{
        matching::{policy::speaks_for, shelter_bells::tell_shelters_of, store},
        pets,
        staff::Actor,
    },
    events::{MatchEvent, PetEvent},
    kernel::{AtField, Error, Result, Viewer},
};

/// The factors of a match that ended because its reports say that they are two animals.
pub const NO_FACTORS: &str = "[]";

/// Whether a match ended because its reports were changed so that they cannot be one animal.
pub fn is_ruled_out(found: &pet_match::Model) -> bool {
    found.ended_at.is_some() && found.factors == NO_FACTORS
}

/// A match whose reports are locked, and the side of the member who decides.
pub(super) struct Decision {
    pub member_id: MemberId,
    pub found: pet_match::Model,
    pub sides: Vec<pet::Model>,
    /// The reports that the member speaks for, one or both.
    pub own: HashSet<PetId>,
    /// The versions of the reports that are still open.
    pub open: HashMap<PetId, i32>,
}

impl Decision {
    /// Locks the match's reports for a decision by the viewer; refuses those who do not speak for either of them. `field`
    /// is the input that names the match.
    pub async fn begin(tx: &Tx, viewer: &Viewer, field: &'static str, id: MatchId) -> Result<Self> {
        let member_id = viewer.require_member()?;
        let actor = Actor::of(tx, viewer).await?;
        let (found, _) = store::find(tx, &actor, id).await.at(field)?;
        let open = pets::lock_open(tx, [found.lost_id, found.other_id].into()).await?;
        let (found, sides) = store::find(tx, &actor, id).await.at(field)?;
        let own = sides.iter().filter(|pet| speaks_for(&actor, pet));
        let own: HashSet<PetId> = own.map(|pet| pet.id).collect();
        if own.is_empty() {
            return Err(Error::Forbidden(
                "only the reporters of the two reports and the staff of their shelters decide about a match".into(),
            ));
        }
        Ok(Self {
            member_id,
            found,
            sides,
            own,
            open,
        })
    }

    /// The reports that the member speaks for.
    pub fn own_reports(&self) -> impl Iterator<Item = &pet::Model> {
        self.sides.iter().filter(|pet| self.own.contains(&pet.id))
    }

    /// The reports that the member does not speak for: one or none.
    pub fn counterparts(&self) -> impl Iterator<Item = &pet::Model> {
        self.sides.iter().filter(|pet| !self.own.contains(&pet.id))
    }

    /// The columns to write the member into: of the lost and of the other side's, those of the own sides that nobody has
    /// decided for so.
    pub fn news(
        &self,
        lost: (Option<MemberId>, pet_match::Column),
        other: (Option<MemberId>, pet_match::Column),
    ) -> Vec<pet_match::Column> {
        let sides = [(self.found.lost_id, lost), (self.found.other_id, other)];
        let news = sides
            .into_iter()
            .filter(|(id, (by, _))| self.own.contains(id) && by.is_none());
        news.map(|(_, (_, column))| column).collect()
    }

    /// Announces the decision to both sides.
    pub fn announce(&self, tx: &Tx) {
        tell_shelters_of(tx, &self.sides);
        tx.announce(MatchEvent::MatchDecided {
            match_id: self.found.id,
            member_ids: self.sides.iter().filter_map(|pet| pet.reporter_id).collect(),
        });
        tx.announce(MatchEvent::ListsShortened {
            pet_ids: vec![self.found.lost_id],
        });
    }
}

/// Opens those of these reports again that are matched, and whose people have confirmed no other match that goes on.
pub async fn release(tx: &Tx, reports: impl Iterator<Item = &pet::Model>) -> Result<()> {
    for pet in reports.filter(|pet| pet.status == PetStatus::Matched) {
        let confirmed_by = |row: &pet_match::Model| match row.lost_id == pet.id {
            true => row.lost_confirmed_by,
            false => row.other_confirmed_by,
        };
        let holds = |row: &pet_match::Model| {
            row.state == MatchState::Confirmed && row.ended_at.is_none() && confirmed_by(row).is_some()
        };
        if !store::of_pet(tx, pet.id).await?.iter().any(holds) {
            set_status(tx, std::iter::once(pet), PetStatus::Open).await?;
        }
    }
    Ok(())
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
