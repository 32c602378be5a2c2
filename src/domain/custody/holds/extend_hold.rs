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
    deps.write(async |tx| {
        let one = OneStay::find(tx, viewer, stay_id).await?;
        let out_of_range = out_of_range(until, tx.now());
        let faults: Vec<FieldError> = [reason.clone().err(), out_of_range].into_iter().flatten().collect();
        let reason = match (reason, faults.is_empty()) {
            (Ok(reason), true) => reason,
            _ => return Err(Error::Invalid(faults)),
        };
        let mut change = Change::of(one.stay.clone(), tx.now(), &viewer.actor());
        change.extend_hold(until, reason);
        one.set_hold(&mut change)?;
        if let Some(end) = change.stay().hold_until.filter(|end| *end != until) {
            let message = format!("the hold lasts until {end} anyway: give a later time");
            return Err(Error::field("until", FieldCode::OutOfRange, message));
        }
        one.save(change, tx).await
    })
    .await
}

fn out_of_range(until: Timestamp, now: Timestamp) -> Option<FieldError> {
    let message = match until {
        until if until <= now => "until is not in the future: give the time at which the hold is to end",
        until if now.plus(FARTHEST) < until => "until is more than 366 days ahead: extend the hold again later",
        _ => return None,
    };
    Some(FieldError::new("until", FieldCode::OutOfRange, message))
}
