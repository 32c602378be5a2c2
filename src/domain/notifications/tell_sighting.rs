//! Job: tells an owner that the pet was seen.

use entity::{id::SightingId, vocabulary::NotificationKind};

use super::notify::{News, notify};
use crate::{
    deps::Deps,
    domain::pets,
    kernel::{Result, Viewer},
};

/// Tells the owner of the pet, unless they reported the sighting themselves.
pub async fn tell_sighting(deps: &Deps, id: SightingId) -> Result<()> {
    deps.write(async |tx| {
        let sighting = pets::find_sighting(tx, &Viewer::System, id).await?;
        let pet = pets::find(tx, &Viewer::System, sighting.pet_id).await?;
        let Some(owner) = pet.reporter_id.filter(|owner| Some(*owner) != sighting.reporter_id) else {
            return Ok(());
        };
        let called = pet.name.as_deref().unwrap_or("Your pet");
        let news = News {
            kind: NotificationKind::Sighting,
            title: format!("{called} was seen"),
            body: format!("Somebody saw {called} near {}.", sighting.place_label),
            subject: Some(sighting.id.to_string()),
            unique_key: format!("sighting:{id}"),
        };
        notify(deps, tx, owner, news).await
    })
    .await
}
