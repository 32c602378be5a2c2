//! Facts about animals in the care of shelters.

use entity::id::{ShelterId, StayId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Maximum number of stays in one fact.
const MOST_STAYS: usize = 100;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CustodyEvent {
    /// Stays began.
    AnimalsTakenIn {
        shelter_id: ShelterId,
        stay_ids: Vec<StayId>,
    },
    /// Something happened in stays, or was corrected.
    AnimalsChanged {
        shelter_id: ShelterId,
        stay_ids: Vec<StayId>,
    },
    /// Stays ended.
    AnimalsLeft {
        shelter_id: ShelterId,
        stay_ids: Vec<StayId>,
    },
}

impl CustodyEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::AnimalsTakenIn { .. } => "animals_taken_in",
            Self::AnimalsChanged { .. } => "animals_changed",
            Self::AnimalsLeft { .. } => "animals_left",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        vec![Topic::Shelter(self.shelter())]
    }

    /// Adds the stays of another fact of the same transaction that says the same of the same shelter. An import or a change
    /// of many animals is one fact this way, and not one per animal.
    pub fn take_up(&mut self, other: &Self) -> bool {
        if self.name() != other.name() || self.shelter() != other.shelter() {
            return false;
        }
        let others = other.stays();
        let (Self::AnimalsTakenIn { stay_ids, .. }
        | Self::AnimalsChanged { stay_ids, .. }
        | Self::AnimalsLeft { stay_ids, .. }) = self;
        let new: Vec<StayId> = others.iter().filter(|id| !stay_ids.contains(id)).copied().collect();
        let has_room = stay_ids.len() + new.len() <= MOST_STAYS;
        if has_room {
            stay_ids.extend(new);
        }
        has_room
    }

    /// The shelter whose stays they are.
    pub fn shelter(&self) -> ShelterId {
        let (Self::AnimalsTakenIn { shelter_id, .. }
        | Self::AnimalsChanged { shelter_id, .. }
        | Self::AnimalsLeft { shelter_id, .. }) = self;
        *shelter_id
    }

    /// The stays, at most 100.
    pub fn stays(&self) -> &[StayId] {
        let (Self::AnimalsTakenIn { stay_ids, .. }
        | Self::AnimalsChanged { stay_ids, .. }
        | Self::AnimalsLeft { stay_ids, .. }) = self;
        stay_ids
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn left(shelter: u128, stays: std::ops::Range<u128>) -> CustodyEvent {
        CustodyEvent::AnimalsLeft {
            shelter_id: ShelterId(Uuid::from_u128(shelter)),
            stay_ids: stays.map(|stay| StayId(Uuid::from_u128(stay))).collect(),
        }
    }

    #[test]
    fn what_happens_to_many_animals_of_a_shelter_at_once_is_one_fact() {
        let mut fact = left(1, 0..2);

        assert!(fact.take_up(&left(1, 1..4)));
        assert_eq!(fact, left(1, 0..4), "each stay once");
    }

    #[test]
    fn other_shelters_other_happenings_and_more_than_a_hundred_are_facts_of_their_own() {
        let mut fact = left(1, 0..99);
        let changed = CustodyEvent::AnimalsChanged {
            shelter_id: ShelterId(Uuid::from_u128(1)),
            stay_ids: Vec::new(),
        };

        assert!(!fact.take_up(&left(2, 200..201)));
        assert!(!fact.take_up(&changed));
        assert!(!fact.take_up(&left(1, 200..202)));
        assert_eq!(fact, left(1, 0..99));
    }
}
