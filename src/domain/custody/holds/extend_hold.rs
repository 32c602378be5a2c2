//! Keeps an animal longer than the rules say.

use std::time::Duration;

use entity::{Timestamp, id::StayId, stay};

use super::{one_stay::OneStay, release_hold::LONGEST_REASON};
use crate::{
    deps::Deps,
    domain::custody::records::Change,
    kernel::{Error, FieldCode, FieldError, Result, Viewer, text},
};

/// How far ahead an extension may end. Whoever keeps an animal longer extends its hold again.
const FARTHEST: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// Until when an animal is kept, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtendHold {
    /// Its stay.
    pub stay_id: StayId,
    /// Until when at least.
    pub until: Timestamp,
    /// Why, 1 to 200 characters.
    pub reason: String,
}

/// Keeps an animal until that time at least, also one that no rule keeps or that was released; replaces a former extension.
/// For ADMIN and STAFF of its shelter and keys with `pets:write`. Repeating it changes nothing.
pub async fn extend_hold(deps: &Deps, viewer: &Viewer, input: ExtendHold) -> Result<stay::Model> {
    let ExtendHold { stay_id, until, reason } = input;
    viewer.refuse_visitor()?;
    let reason = text::line("reason", &reason, LONGEST_REASON);
    let now = deps.clock.now();
    let in_range = match until {
        until if until <= now => Err("until is not in the future: give the time at which the hold is to end"),
        until if now.plus(FARTHEST) < until => Err("until is more than 366 days ahead: extend the hold again later"),
        until => Ok(until),
    };
    let in_range = in_range.map_err(|message| FieldError::new("until", FieldCode::OutOfRange, message));
    let faults: Vec<FieldError> = [reason.clone().err(), in_range.clone().err()]
        .into_iter()
        .flatten()
        .collect();
    let (Ok(reason), Ok(until)) = (reason, in_range) else {
        return Err(Error::Invalid(faults));
    };
    deps.write(async |tx| {
        let one = OneStay::find(tx, viewer, stay_id).await?;
        let mut change = Change::of(one.stay.clone(), tx.now(), &viewer.actor());
        change.extend_hold(until, reason.clone());
        one.set_hold(&mut change)?;
        if let Some(end) = change.stay().hold_until.filter(|end| *end != until) {
            let message = format!("the hold lasts until {end} anyway: give a later time");
            return Err(Error::field("until", FieldCode::OutOfRange, message));
        }
        one.save(change, tx).await
    })
    .await
}
