//! The reports that two kinds of jobs are about: matching and saved searches react to the same events.

use entity::{
    id::{ImportId, PetId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::events::{Event, PetEvent, ShelterEvent};

/// Reports that appeared or changed, together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The reports.
    pub pet_ids: Vec<PetId>,
    /// The import that created or changed them, if any.
    #[serde(default)]
    pub import_id: Option<ImportId>,
    /// The shelter that ran the import.
    #[serde(default)]
    pub shelter_id: Option<ShelterId>,
}

impl Reported {
    /// The reports that this event is about, if any.
    pub(super) fn by(event: &Event) -> Option<Self> {
        match event {
            Event::Pets(PetEvent::PetReported { pet_id } | PetEvent::PetChanged { pet_id }) => {
                Some(Self::of(vec![*pet_id]))
            }
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

    /// Reports that did not come with an import.
    pub(super) fn of(pet_ids: Vec<PetId>) -> Self {
        Self {
            pet_ids,
            import_id: None,
            shelter_id: None,
        }
    }

    /// Imports must not keep people waiting.
    pub(super) fn lane(&self) -> Lane {
        match self.import_id {
            Some(_) => Lane::Bulk,
            None => Lane::Interactive,
        }
    }

    /// The shelter, so that shelters share the workers evenly.
    pub(super) fn group(&self) -> Option<String> {
        self.shelter_id.map(|id| id.to_string())
    }

    /// Adds the reports of another job, unless they come from another import.
    pub(super) fn take_up(&mut self, other: &Self) -> bool {
        let is_alike = self.import_id == other.import_id;
        if is_alike {
            self.pet_ids.extend(&other.pet_ids);
        }
        is_alike
    }
}
