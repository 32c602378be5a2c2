//! The stays that a bulk action is about.

use std::collections::BTreeSet;

use entity::{id::StayId, stay};

use crate::{
    deps::Tx,
    domain::{custody::store, staff::Actor},
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// Maximum number of stays of one action.
const MOST: usize = 100;

/// Those stays, locked with their reports. Fails if there are none or too many, and for each one that the viewer may not
/// change.
pub(super) async fn select(tx: &Tx, viewer: &Viewer, ids: &[StayId]) -> Result<Vec<stay::Model>> {
    viewer.refuse_visitor()?;
    if ids.is_empty() {
        return Err(Error::field("ids", FieldCode::Required, "name at least one stay"));
    }
    if MOST < ids.len() {
        let message = format!("{} stays are too many for one action: name at most {MOST}", ids.len());
        return Err(Error::field("ids", FieldCode::TooMany, message));
    }
    let actor = Actor::of(tx, viewer).await?;
    let mut found = store::stays_for_update(tx, &ids.iter().copied().collect::<BTreeSet<_>>()).await?;
    found.retain(|stay| actor.may_write_animals(stay.shelter_id));
    refuse(ids, |id| {
        let is_missing = !found.iter().any(|stay| stay.id == id);
        is_missing.then_some((
            FieldCode::NotFound,
            "there is no such stay in a shelter that you work for".to_owned(),
        ))
    })?;
    Ok(found)
}

/// Refuses the action for each of the stays at which something is wrong.
pub(super) fn refuse(ids: &[StayId], fault: impl Fn(StayId) -> Option<(FieldCode, String)>) -> Result<()> {
    let faults = ids.iter().enumerate().filter_map(|(index, id)| {
        let (code, message) = fault(*id)?;
        Some(FieldError {
            path: vec!["ids".to_owned(), index.to_string()],
            code,
            message,
        })
    });
    let faults: Vec<FieldError> = faults.collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}
