//! The stay whose hold somebody decides about.

use std::collections::BTreeSet;

use entity::{id::StayId, shelter_animal, stay};

use super::{
    hold::set_hold,
    rules::{HoldRules, hold_rules_of},
};
use crate::{
    deps::Tx,
    domain::{
        custody::{model::is_over, records::Change, store},
        staff::Actor,
    },
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// A stay that is there, with its animal and the rules of its shelter.
pub(super) struct OneStay {
    /// As it was.
    pub(super) stay: stay::Model,
    pub(super) animal: shelter_animal::Model,
    rules: HoldRules,
}

impl OneStay {
    /// That stay, locked with its report. Fails if it has ended, or if the viewer may not decide about it.
    pub(super) async fn find(tx: &Tx, viewer: &Viewer, id: StayId) -> Result<Self> {
        let actor = Actor::of(tx, viewer).await?;
        let found = store::stays_for_update(tx, &BTreeSet::from([id])).await?.pop();
        let found = found.filter(|stay| actor.may_write_animals(stay.shelter_id));
        let stay = found.ok_or(Error::NotFound("stay")).at("stayId")?;
        if !actor.may_decide_about_holds(stay.shelter_id) {
            let message = "only ADMIN and STAFF of the shelter and its keys with pets:write decide about holds";
            return Err(Error::Forbidden(message.into()));
        }
        if is_over(&stay) {
            let message = "this stay has ended: there is nothing to decide about its hold";
            return Err(Error::field("stayId", FieldCode::NotAllowed, message));
        }
        let animal = store::animals_of_stays(tx, std::slice::from_ref(&stay)).await?.pop();
        Ok(Self {
            animal: animal.ok_or_else(|| Error::broken("a stay refers to an animal that is not there"))?,
            rules: hold_rules_of(tx, stay.shelter_id).await?,
            stay,
        })
    }

    /// Computes the hold anew after that change.
    pub(super) fn set_hold(&self, change: &mut Change) -> Result<()> {
        set_hold(change, &self.animal, &self.rules)
    }

    /// Writes the change, if there is any.
    pub(super) async fn save(self, change: Change, tx: &Tx) -> Result<stay::Model> {
        match *change.stay() == self.stay {
            true => Ok(self.stay),
            false => change.save(tx).await,
        }
    }
}
