//! Notifies members of reports that match their saved searches.

use std::time::Duration;

use entity::{
    id::{ImportId, JobId, PetId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{Event, PetEvent, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// How long reports of one import are collected before members are notified of them.
pub const GATHERING: Duration = Duration::from_secs(10);

/// Notify members of reports that match their saved searches; reports from one import are grouped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellSearches {
    /// The reports to compare.
    pub pet_ids: Vec<PetId>,
    /// The import that created or changed them, if any.
    pub import_id: Option<ImportId>,
    /// The shelter that ran the import.
    #[serde(default)]
    pub shelter_id: Option<ShelterId>,
}

impl Job for TellSearches {
    const NAME: &'static str = "tell_searches";
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Pets(PetEvent::PetReported { pet_id } | PetEvent::PetChanged { pet_id }) => Some(Self {
                pet_ids: vec![*pet_id],
                import_id: None,
                shelter_id: None,
            }),
            Event::Shelters(ShelterEvent::PetsImported {
                import_id,
                shelter_id,
                pet_ids,
            }) => Some(Self {
                pet_ids: pet_ids.clone(),
                import_id: Some(*import_id),
                shelter_id: *shelter_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        match self.import_id {
            Some(_) => Lane::Bulk,
            None => Lane::Interactive,
        }
    }

    /// Reports from an import are delayed, so that members get one notification for many of them.
    fn delay(&self) -> Duration {
        match self.import_id {
            Some(_) => GATHERING,
            None => Duration::ZERO,
        }
    }

    fn group(&self) -> Option<String> {
        self.shelter_id.map(|id| id.to_string())
    }

    fn take_up(&mut self, other: &Self) -> bool {
        let is_alike = self.import_id == other.import_id;
        if is_alike {
            self.pet_ids.extend(&other.pet_ids);
        }
        is_alike
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        let told = notifications::tell_searches(deps, &self.pet_ids, self.import_id).await;
        told.map(Outcome::from)
    }
}
