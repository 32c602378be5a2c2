//! Scores reports against their counterparts.

use entity::{
    id::{ImportId, JobId, PetId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::matching,
    events::{Event, PetEvent, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Score reports against their counterparts; reports from the same import are scored together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindMatches {
    /// The reports to score.
    pub pet_ids: Vec<PetId>,
    /// The import that created or changed them, if any.
    #[serde(default)]
    pub import_id: Option<ImportId>,
    /// The shelter that ran the import.
    #[serde(default)]
    pub shelter_id: Option<ShelterId>,
}

impl Job for FindMatches {
    const NAME: &'static str = "find_matches";
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
        matching::find_matches(deps, &self.pet_ids).await.map(Outcome::from)
    }
}
