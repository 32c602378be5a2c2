//! Job: notifies an owner that their pet was seen.

use entity::{id::SightingId, vocabulary::NotificationKind};

use super::called::near;
use crate::{
    deps::Deps,
    domain::{
        notifications::notify::{News, notify},
        pets,
        searches::singular,
    },
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Notifies the owner of the pet, unless they reported the sighting themselves.
pub async fn tell_sighting(deps: &Deps, id: SightingId) -> Result<Outcome> {
    deps.write(async |tx| {
        let sighting = pets::find_sighting(tx, &Viewer::System, id).await?;
        let pet = pets::find(tx, &Viewer::System, sighting.pet_id).await?;
        let Some(owner) = pet.reporter_id.filter(|owner| Some(*owner) != sighting.reporter_id) else {
            return Ok(());
        };
        let animal = singular(pet.species);
        let (title, seen) = match &pet.name {
            Some(name) => (format!("{name} was seen"), format!("Someone saw {name}")),
            None => (format!("Your {animal} was seen"), format!("Someone saw your {animal}")),
        };
        let news = News {
            kind: NotificationKind::Sighting,
            title,
            body: format!("{}.", near(&seen, &sighting.place_label)),
            subject: Some(sighting.id.to_string()),
            unique_key: format!("sighting:{id}"),
        };
        notify(deps, tx, owner, news).await
    })
    .await
    .or_gone("the sighting is gone")
}
