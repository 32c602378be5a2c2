//! Ends stays.

use entity::{
    Timestamp,
    id::{ShelterAnimalId, StayId},
    stay,
    vocabulary::StayOutcome,
};

use super::selection::{refuse, select};
use crate::{
    deps::{Deps, Tx},
    domain::custody::{adoptions::refusals, listing::stays_of_animals, publish::close_report, records::Change},
    kernel::{Error, FieldCode, Result, Viewer},
};

/// How and when the stays ended, the same for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct EndStays {
    /// The stays, at most 100.
    pub ids: Vec<StayId>,
    /// How.
    pub outcome: StayOutcome,
    /// When; now if not given.
    pub at: Option<Timestamp>,
}

/// Ends all of the stays, with their reports, or corrects how they ended; if something is wrong with one of them, nothing
/// happens. An animal that is kept for its owner is not given away, and one that somebody looks for is not adopted.
/// Repeating it changes nothing. For the staff of their shelter and its keys with `pets:write`.
pub async fn end_stays(deps: &Deps, viewer: &Viewer, end: EndStays) -> Result<Vec<stay::Model>> {
    if end.outcome == StayOutcome::Undone {
        let message = "only an import that is taken back leaves stays that never were: give how the animals left";
        return Err(Error::field("outcome", FieldCode::NotAllowed, message));
    }
    deps.write(async |tx| {
        let stays = select(tx, viewer, &end.ids).await?;
        check(tx, &end, &stays).await?;
        let mut ended = Vec::with_capacity(stays.len());
        for stay in stays {
            let at = end.at.or(stay.outcome_at).unwrap_or(tx.now());
            let mut change = Change::of(stay, tx.now(), &viewer.actor());
            change.end(end.outcome, at);
            ended.push(match change.has_events() {
                true => {
                    let stay = change.save(tx).await?;
                    close_report(tx, &stay).await?;
                    stay
                }
                false => change.stay().clone(),
            });
        }
        Ok(ended)
    })
    .await
}

/// Refuses what cannot be: that something that never was ended, that an animal left before it came, later than now or after it
/// had come again, or that it was given away while it is kept for its owner or looked for.
async fn check(tx: &Tx, end: &EndStays, stays: &[stay::Model]) -> Result<()> {
    let found = |id: StayId| stays.iter().find(|stay| stay.id == id);
    refuse(&end.ids, |id| {
        let message = "the import that told of this stay was taken back: take the animal in again if it was there";
        let never_was = found(id)?.outcome == Some(StayOutcome::Undone);
        never_was.then(|| (FieldCode::NotAllowed, message.to_owned()))
    })?;
    let animals: Vec<ShelterAnimalId> = stays.iter().map(|stay| stay.animal_id).collect();
    let known = stays_of_animals(tx, &animals).await?;
    refuse(&end.ids, |id| {
        let stay = found(id)?;
        let all = known.get(&stay.animal_id).map(Vec::as_slice).unwrap_or_default();
        let message = match end.at? {
            at if at < stay.intake_at => format!("the animal was taken in on {}, after that", stay.intake_at),
            at if tx.now() < at => "the time is in the future".to_owned(),
            at => {
                let next = next_intake(stay, all).filter(|next| *next < at)?;
                format!("the animal was taken in again on {next}, before that")
            }
        };
        Some((
            FieldCode::OutOfRange,
            format!("{message}: correct the time of the outcome"),
        ))
    })?;
    let refused = refusals(tx, stays, end.outcome).await?;
    refuse(&end.ids, |id| Some((FieldCode::NotAllowed, refused.get(&id)?.clone())))
}

/// When the animal was taken in the next time after a stay; the stays are those of the animal, the earliest intake first.
fn next_intake(stay: &stay::Model, all: &[stay::Model]) -> Option<Timestamp> {
    let place = all.iter().position(|other| other.id == stay.id)?;
    all.get(place + 1).map(|next| next.intake_at)
}
