//! Notes what is known of an animal's owner, and what the owner was told.

use entity::{Timestamp, id::StayId, shelter_animal, stay, vocabulary::NoticeMethod};

use super::one_stay::OneStay;
use crate::{
    deps::Deps,
    domain::custody::records::Change,
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// What is noted; `None` keeps what is known, an inner `None` takes it back.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteOwnerContact {
    /// The stay.
    pub stay_id: StayId,
    /// Since when a chip, a tag or the owner is known.
    pub identified_at: Option<Option<Timestamp>>,
    /// When the owner was told.
    pub owner_notified_at: Option<Option<Timestamp>>,
    /// When a notice was given.
    pub notice_at: Option<Option<Timestamp>>,
    /// How it was given.
    pub notice_method: Option<Option<NoticeMethod>>,
}

/// Notes it, and computes the hold anew. For ADMIN and STAFF of the shelter and its keys with `pets:write`. Repeating it
/// changes nothing.
pub async fn note_owner_contact(deps: &Deps, viewer: &Viewer, input: NoteOwnerContact) -> Result<stay::Model> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let one = OneStay::find(tx, viewer, input.stay_id).await?;
        let mut faults = in_the_future(&input, tx.now());
        faults.extend(still_chipped(&input, &one.animal));
        let notice = notice(&input, &one.stay)
            .map_err(|fault| faults.push(fault))
            .ok()
            .flatten();
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let mut change = Change::of(one.stay.clone(), tx.now(), &viewer.actor());
        if let Some(since) = input.identified_at {
            change.identify(since);
        }
        if let Some(at) = input.owner_notified_at {
            change.notify_owner(at);
        }
        change.give_notice(notice);
        one.set_hold(&mut change)?;
        one.save(change, tx).await
    })
    .await
}

fn in_the_future(input: &NoteOwnerContact, now: Timestamp) -> Vec<FieldError> {
    let times = [
        ("identifiedAt", input.identified_at),
        ("ownerNotifiedAt", input.owner_notified_at),
        ("noticeAt", input.notice_at),
    ];
    let late = times
        .into_iter()
        .filter(|(_, at)| at.flatten().is_some_and(|at| now < at));
    late.map(|(field, _)| {
        let message = format!("{field} is in the future: note it when it has happened");
        FieldError::new(field, FieldCode::OutOfRange, message)
    })
    .collect()
}

/// An animal with a chip is identified whatever anybody notes.
fn still_chipped(input: &NoteOwnerContact, animal: &shelter_animal::Model) -> Option<FieldError> {
    let is_taken_back = input.identified_at == Some(None) && animal.microchip.is_some();
    let message = "the animal has a chip, so it is identified: correct the chip of its report instead";
    is_taken_back.then(|| FieldError::new("identifiedAt", FieldCode::NotAllowed, message))
}

/// The notice as it is known afterwards: it has a time and a method, or neither.
fn notice(input: &NoteOwnerContact, stay: &stay::Model) -> Result<Option<(Timestamp, NoticeMethod)>, FieldError> {
    let method = input.notice_method.unwrap_or(stay.notice_method);
    match (input.notice_at.unwrap_or(stay.notice_at), method) {
        (Some(at), Some(method)) => Ok(Some((at, method))),
        (Some(_), None) => {
            let message = "noticeMethod is missing: say how the notice was given";
            Err(FieldError::new("noticeMethod", FieldCode::Required, message))
        }
        (None, Some(_)) if input.notice_method.flatten().is_some() => {
            let message = "noticeAt is missing: say when the notice was given";
            Err(FieldError::new("noticeAt", FieldCode::Required, message))
        }
        (None, _) => Ok(None),
    }
}
