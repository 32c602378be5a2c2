//! Releases an animal from its hold.

use entity::{id::StayId, stay};

use super::{hold::is_held, one_stay::OneStay};
use crate::{
    deps::Deps,
    domain::custody::records::Change,
    kernel::{Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of a reason in characters.
pub(super) const LONGEST_REASON: usize = 200;

/// Lets an animal be given away before its hold ends, for a reason of 1 to 200 characters. For ADMIN and STAFF of its
/// shelter and keys with `pets:write`. Repeating it changes nothing.
pub async fn release_hold(deps: &Deps, viewer: &Viewer, id: StayId, reason: &str) -> Result<stay::Model> {
    viewer.refuse_visitor()?;
    let reason = text::line("reason", reason, LONGEST_REASON);
    let reason = reason.map_err(|fault| Error::Invalid(vec![fault]));
    deps.write(async |tx| {
        let one = OneStay::find(tx, viewer, id).await?;
        let reason = reason?;
        if one.stay.hold_released_at.is_some() {
            return Ok(one.stay);
        }
        if !is_held(&one.stay, tx.now()) {
            let message = "this animal is not on hold: there is nothing to release it from";
            return Err(Error::field("stayId", FieldCode::NotAllowed, message));
        }
        let mut change = Change::of(one.stay.clone(), tx.now(), &viewer.actor());
        change.release_hold(reason);
        one.save(change, tx).await
    })
    .await
}
