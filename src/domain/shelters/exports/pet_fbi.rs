//! The file for Pet FBI, read from the tables: open reports that everybody may see, with nothing in it that is not public.

use entity::id::{PetId, ShelterId};
use shelter_exports::{
    PublicAnimal, csv,
    pet_fbi::{HEADER, Listing, row},
};

use super::{around::photo_urls, store};
use crate::{deps::Deps, domain::custody, kernel::Result};

/// Number of reports that are read at once.
const AT_ONCE: u64 = 200;

/// The listings of a shelter.
pub(super) struct PetFbiPages {
    shelter: ShelterId,
    organization: String,
    after: Option<PetId>,
}

impl PetFbiPages {
    pub(super) fn new(shelter: ShelterId, organization: String) -> Self {
        Self {
            shelter,
            organization,
            after: None,
        }
    }

    pub(super) fn header() -> String {
        csv::line(HEADER)
    }

    pub(super) async fn next_page(&mut self, deps: &Deps) -> Result<Option<String>> {
        let db = deps.db.read();
        let reports = store::public_reports_after(db, self.shelter, self.after, AT_ONCE).await?;
        let ids: Vec<PetId> = reports.iter().map(|report| report.id).collect();
        let Some(last) = ids.last() else {
            return Ok(None);
        };
        self.after = Some(*last);
        let (stays, photos) = (custody::stays_behind(db, &ids).await?, photo_urls(deps, &ids).await?);
        let listings = reports.iter().filter_map(|report| {
            let cover = photos.get(&report.id).and_then(|urls| urls.first());
            let listing = Listing {
                animal: PublicAnimal::of(report)?,
                intake: stays.get(&report.id).map(|stay| stay.intake_kind),
                public_address: None,
                photo_url: cover.map(String::as_str),
            };
            row(&self.organization, &listing)
        });
        Ok(Some(listings.map(csv::line).collect()))
    }
}
