//! Ends stays.

use entity::{Timestamp, id::StayId, stay, vocabulary::StayOutcome};

use super::selection::{refuse, select};
use crate::{
    deps::Deps,
    domain::custody::{adoptions::refusals, publish::close_report, records::Change},
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
    let EndStays { ids, outcome, at } = end;
    if outcome == StayOutcome::Undone {
        let message = "only an import that is taken back leaves stays that never were: give how the animals left";
        return Err(Error::field("outcome", FieldCode::NotAllowed, message));
    }
    deps.write(async |tx| {
        let stays = select(tx, viewer, &ids).await?;
        refuse(&ids, |id| {
            let stay = stays.iter().find(|stay| stay.id == id)?;
            let message = match at? {
                at if at < stay.intake_at => format!("the animal was taken in on {}, after that", stay.intake_at),
                at if tx.now() < at => "the time is in the future".to_owned(),
                _ => return None,
            };
            Some((
                FieldCode::OutOfRange,
                format!("{message}: correct the time of the outcome"),
            ))
        })?;
        let refused = refusals(tx, &stays, outcome).await?;
        refuse(&ids, |id| Some((FieldCode::NotAllowed, refused.get(&id)?.clone())))?;
        let mut ended = Vec::with_capacity(stays.len());
        for stay in stays {
            let at = at.or(stay.outcome_at).unwrap_or(tx.now());
            let mut change = Change::of(stay, tx.now(), &viewer.actor());
            change.end(outcome, at);
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
