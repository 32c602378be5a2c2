//! The list of a shelter's animals for its own web site: public values of open reports, for everybody.

use std::collections::HashMap;

use entity::{
    id::{PetId, ShelterId},
    pet,
};
use shelter_exports::{
    PublicAnimal,
    feed::{self, InCare},
};

use super::around::{page_url, photo_urls};
use crate::{
    deps::Deps,
    domain::{
        custody::{self, zone_or_utc},
        pets,
        shelters::store,
    },
    kernel::{Error, Result, Viewer},
};

/// Maximum number of animals: the list is made in memory. With more, those that came first are left out.
const MOST: u64 = 2_000;

/// The address of the list.
pub fn feed_url(deps: &Deps, shelter: ShelterId) -> String {
    format!("{}/shelters/{shelter}/animals.json", deps.public_url)
}

/// The list as JSON; `NotFound` for a shelter that nobody has verified.
pub async fn feed(deps: &Deps, id: ShelterId) -> Result<String> {
    let db = deps.db.read();
    let shelter = store::find(db, id).await?;
    if !shelter.verified {
        return Err(Error::NotFound("shelter"));
    }
    let stays = custody::published(db, id, MOST).await?;
    let ids: Vec<PetId> = stays.iter().filter_map(|stay| stay.pet_id).collect();
    let reports = pets::find_many(db, &Viewer::Visitor, &ids).await?;
    let reports: HashMap<PetId, pet::Model> = reports.into_iter().map(|report| (report.id, report)).collect();
    let photos = photo_urls(deps, &ids).await?;
    let pages: HashMap<PetId, String> = ids.iter().map(|id| (*id, page_url(deps, *id))).collect();
    let in_care = stays.iter().filter_map(|stay| {
        let report = stay.pet_id?;
        Some(InCare {
            animal: PublicAnimal::of(reports.get(&report)?)?,
            intake_at: stay.intake_at,
            stage: stay.stage,
            photo_urls: photos.get(&report).map(Vec::as_slice).unwrap_or_default(),
            page_url: pages.get(&report)?,
        })
    });
    feed::feed(zone_or_utc(&shelter), in_care).map_err(Error::internal)
}
