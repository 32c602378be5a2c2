//! The inventory, read from the tables.

use std::collections::HashMap;

use chrono_tz::Tz;
use entity::{
    Timestamp,
    id::{PetId, ShelterAnimalId, ShelterId},
    pet, shelter_animal, stay,
    vocabulary::PlacePrecision,
};
use import_reader::listed_intake_kind;
use shelter_exports::{
    csv::{self, BYTE_ORDER_MARK},
    inventory::{Chips, FoundAt, Inventory, Listed, ListedReport, ListedStay, Places},
};

use super::{around::photo_urls, store};
use crate::{
    deps::Deps,
    domain::{custody, pets},
    kernel::Result,
};

/// Number of animals that are read at once.
const AT_ONCE: u64 = 200;

/// The animals of a shelter with their stays.
pub(super) struct InventoryPages {
    shelter: ShelterId,
    inventory: Inventory,
    after: Option<(Timestamp, ShelterAnimalId)>,
}

impl InventoryPages {
    pub(super) fn new(shelter: ShelterId, zone: Tz, (places, chips): (Places, Chips)) -> Self {
        let inventory = Inventory {
            zone,
            places,
            chips,
            intake_kind: listed_intake_kind,
        };
        Self {
            shelter,
            inventory,
            after: None,
        }
    }

    pub(super) fn header(&self) -> String {
        format!("{BYTE_ORDER_MARK}{}", csv::line(self.inventory.header()))
    }

    pub(super) async fn next_page(&mut self, deps: &Deps) -> Result<Option<String>> {
        let animals = custody::animals_after(deps.db.read(), self.shelter, self.after, AT_ONCE).await?;
        let Some(last) = animals.last() else {
            return Ok(None);
        };
        self.after = Some((last.created_at, last.id));
        let known = Known::of(deps, &animals).await?;
        let lines = animals.iter().map(|animal| known.lines(&self.inventory, animal));
        Ok(Some(lines.collect()))
    }
}

/// What is known of some animals.
struct Known {
    stays: HashMap<ShelterAnimalId, Vec<stay::Model>>,
    reports: HashMap<ShelterAnimalId, Vec<pet::Model>>,
    photos: HashMap<PetId, Vec<String>>,
}

impl Known {
    async fn of(deps: &Deps, animals: &[shelter_animal::Model]) -> Result<Self> {
        let ids: Vec<ShelterAnimalId> = animals.iter().map(|animal| animal.id).collect();
        let reports = store::reports_about(deps.db.read(), &ids).await?;
        let pictured: Vec<PetId> = reports
            .values()
            .filter_map(|reports| latest(reports))
            .map(|report| report.id)
            .collect();
        Ok(Self {
            stays: custody::stays_of_animals(deps.db.read(), &ids).await?,
            photos: photo_urls(deps, &pictured).await?,
            reports,
        })
    }

    /// The rows of an animal.
    fn lines(&self, inventory: &Inventory, animal: &shelter_animal::Model) -> String {
        let stays = self.stays.get(&animal.id).map(Vec::as_slice).unwrap_or_default();
        let reports = self.reports.get(&animal.id).map(Vec::as_slice).unwrap_or_default();
        let stays: Vec<ListedStay<'_>> = stays.iter().map(|stay| listed(stay, reports)).collect();
        let last = latest(reports);
        let photo_urls = last.and_then(|report| self.photos.get(&report.id));
        let listed = Listed {
            animal,
            stays: &stays,
            // One that is over would come back as an open one.
            report: last.filter(|report| pets::is_live(report.status)).map(reported),
            photo_urls: photo_urls.map(Vec::as_slice).unwrap_or_default(),
        };
        inventory.rows(&listed).map(csv::line).collect()
    }
}

fn latest(reports: &[pet::Model]) -> Option<&pet::Model> {
    reports.iter().max_by_key(|report| (report.reported_at, report.id))
}

fn listed<'a>(stay: &'a stay::Model, reports: &'a [pet::Model]) -> ListedStay<'a> {
    let report = reports.iter().find(|report| Some(report.id) == stay.pet_id);
    ListedStay {
        stay,
        found_at: report.map(found_at).unwrap_or_default(),
    }
}

fn reported(report: &pet::Model) -> ListedReport<'_> {
    ListedReport {
        kind: report.kind,
        seen_at: report.seen_at,
        found_at: found_at(report),
    }
}

/// The place of a report, as far as it was told: the middle of a town or the shelter itself is only what was made of that, and
/// would come back as the point where the animal was found.
fn found_at(report: &pet::Model) -> FoundAt<'_> {
    let is = |precision| report.precision == precision;
    FoundAt {
        address: report.address.as_deref(),
        postal_code: report.postal_code.as_deref().filter(|_| is(PlacePrecision::Postcode)),
        point: report
            .latitude
            .zip(report.longitude)
            .filter(|_| is(PlacePrecision::Point)),
    }
}
