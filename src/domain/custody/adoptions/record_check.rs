//! Records what became of an adoption.

use std::collections::BTreeSet;

use entity::{
    Timestamp, adoption_check,
    id::StayId,
    stay,
    vocabulary::{AdoptionOutcome, StayOutcome},
};
use sea_orm::{ActiveEnum, ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::{
    came_back::came_back_at,
    check_time::{CheckTime, day_of, due_at, zone_at},
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        custody::{records::Change, store},
        staff::Actor,
    },
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of a note in characters.
const LONGEST_NOTE: usize = 300;

/// What became of an adoption.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordAdoptionCheck {
    /// The stay that ended with it.
    pub stay_id: StayId,
    /// By which time.
    pub after: CheckTime,
    /// What was found out.
    pub outcome: AdoptionOutcome,
    /// A note of at most 300 characters.
    pub note: Option<String>,
}

/// Records it, or corrects what was recorded; contact details in the note are masked, because nothing is kept of who adopts
/// an animal. Fails before the time has come, unless the animal was given away again or died, and if it came back to a
/// shelter, which says all. For the staff of the shelter and its keys with `pets:write`. Repeating it changes nothing.
pub async fn record_adoption_check(deps: &Deps, viewer: &Viewer, input: RecordAdoptionCheck) -> Result<stay::Model> {
    let RecordAdoptionCheck {
        stay_id,
        after,
        outcome,
        note,
    } = input;
    viewer.refuse_visitor()?;
    let note = text::optional_prose("note", note.as_deref(), LONGEST_NOTE);
    let note = note.map_err(|fault| Error::Invalid(vec![fault]));
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let found = store::stays_for_update(tx, &BTreeSet::from([stay_id])).await?.pop();
        let found = found.filter(|stay| actor.may_write_animals(stay.shelter_id));
        let stay = found.ok_or(Error::NotFound("stay")).at("stayId")?;
        let note = note?.map(|note| language_rules::mask_contacts(&note).text);
        check(tx, &stay, after, outcome).await?;
        let stored = adoption_check::Entity::find_by_id((stay.id, after.stored()))
            .one(tx)
            .await?;
        let former = stored.as_ref().map(|check| (check.outcome, check.note.clone()));
        if former == Some((outcome, note.clone())) {
            return Ok(stay);
        }
        let row = adoption_check::Model {
            stay_id: stay.id,
            months: after.stored(),
            outcome,
            note,
            recorded_by: viewer.actor(),
            recorded_at: tx.now(),
        };
        write(tx, row, stored.is_some()).await?;
        let former = former.map(|(outcome, _)| outcome);
        if former == Some(outcome) {
            return Ok(stay);
        }
        let said = |outcome: AdoptionOutcome| format!("{} months: {}", after.months(), outcome.to_value());
        let mut change = Change::of(stay, tx.now(), &viewer.actor());
        change.check_adoption(former.map(said), said(outcome));
        change.save(tx).await
    })
    .await
}

/// Refuses what cannot be known, or is known better.
async fn check(tx: &Tx, stay: &stay::Model, after: CheckTime, outcome: AdoptionOutcome) -> Result<()> {
    let adopted_at: Option<Timestamp> = stay.outcome_at.filter(|_| stay.outcome == Some(StayOutcome::Adopted));
    let Some(adopted_at) = adopted_at else {
        let message = "this stay did not end with an adoption: there is nothing to check";
        return Err(Error::field("stayId", FieldCode::NotAllowed, message));
    };
    let zone = zone_at(&store::shelter_to_read(tx, stay.shelter_id).await?);
    let due_at = due_at(adopted_at, after, zone);
    if tx.now() < due_at && matches!(outcome, AdoptionOutcome::Kept | AdoptionOutcome::Unknown) {
        let message = format!(
            "the {} months are over on {}: record it then; only RETURNED and DIED are known earlier",
            after.months(),
            day_of(due_at, zone)
        );
        return Err(Error::field("after", FieldCode::OutOfRange, message));
    }
    let back = came_back_at(tx, std::slice::from_ref(stay)).await?;
    if outcome != AdoptionOutcome::Returned && back.get(&stay.id).is_some_and(|back| *back < due_at) {
        let message = "the animal came back to a shelter before that: it counts as RETURNED without any record";
        return Err(Error::field("outcome", FieldCode::NotAllowed, message));
    }
    Ok(())
}

/// Nobody else writes the row meanwhile: the stay is locked.
async fn write(tx: &Tx, row: adoption_check::Model, is_stored: bool) -> Result<()> {
    let row = row.into_active_model();
    match is_stored {
        true => {
            adoption_check::Entity::update(row.reset_all()).exec(tx).await?;
        }
        false => {
            adoption_check::Entity::insert(row).exec_without_returning(tx).await?;
        }
    }
    Ok(())
}
