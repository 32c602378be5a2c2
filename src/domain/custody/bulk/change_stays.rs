//! Changes what is done with animals in care, and where they are kept.

use entity::{
    id::StayId,
    stay,
    vocabulary::{StayOutcome, StayStage},
};

use super::selection::{refuse, select};
use crate::{
    deps::Deps,
    domain::custody::{adoptions::refusals, model::is_over, records::Change},
    kernel::{Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of the name of a kennel in characters.
const LONGEST_KENNEL: usize = 100;

/// The change, the same for all of the stays; `None` keeps the present value.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeStays {
    /// The stays, at most 100.
    pub ids: Vec<StayId>,
    /// What is done with the animals.
    pub stage: Option<StayStage>,
    /// Where they are kept, at most 100 characters; an inner `None` empties it.
    pub kennel: Option<Option<String>>,
}

/// Changes all of the stays or, if something is wrong with one of them, none: an animal that is kept for its owner,
/// or that somebody looks for, is not adoptable. For the staff of their shelter and its keys with `pets:write`.
pub async fn change_stays(deps: &Deps, viewer: &Viewer, change: ChangeStays) -> Result<Vec<stay::Model>> {
    let ChangeStays { ids, stage, kennel } = change;
    let line = |kennel: Option<String>| text::optional_line("kennel", kennel.as_deref(), LONGEST_KENNEL);
    let kennel = kennel.map(line).transpose();
    let kennel = kennel.map_err(|fault| Error::Invalid(vec![fault]))?;
    deps.write(async |tx| {
        let stays = select(tx, viewer, &ids).await?;
        refuse(&ids, |id| {
            let is_over = stays.iter().any(|stay| stay.id == id && is_over(stay));
            let message = "this stay has ended: leave it out, or take the animal in again";
            is_over.then(|| (FieldCode::NotAllowed, message.to_owned()))
        })?;
        if stage == Some(StayStage::Adoptable) {
            let refused = refusals(tx, &stays, StayOutcome::Adopted).await?;
            refuse(&ids, |id| Some((FieldCode::NotAllowed, refused.get(&id)?.clone())))?;
        }
        let mut changed = Vec::with_capacity(stays.len());
        for stay in stays {
            let mut change = Change::of(stay, tx.now(), &viewer.actor());
            if let Some(stage) = stage {
                change.set_stage(stage);
            }
            if let Some(kennel) = &kennel {
                change.set_kennel(kennel.clone());
            }
            changed.push(match change.has_events() {
                true => change.save(tx).await?,
                false => change.stay().clone(),
            });
        }
        Ok(changed)
    })
    .await
}
