//! Scores reports against their counterparts.

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use super::reported::Reported;
use crate::{
    deps::Deps,
    domain::matching,
    events::{Event, MatchEvent, PetEvent, PhotoEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Score reports against their counterparts; reports from the same import are scored together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindMatches {
    /// The reports to score.
    #[serde(flatten)]
    pub reported: Reported,
    /// Whether nobody waits for it: lists are to be filled again.
    #[serde(default)]
    pub is_refill: bool,
}

impl Job for FindMatches {
    const NAME: &'static str = "find_matches";
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        let is_refill = matches!(event, Event::Matching(MatchEvent::MatchesThinned { .. }));
        let reported = match event {
            Event::Matching(MatchEvent::MatchesThinned { pet_ids }) => Some(Reported::of(pet_ids.clone())),
            Event::Photos(PhotoEvent::PetPhotosLearned { pet_id }) => Some(Reported::of(vec![*pet_id])),
            // It has another version now, and pairs of the former one are not stored.
            Event::Pets(PetEvent::PetStatusChanged { pet_ids }) => Some(Reported::of(pet_ids.clone())),
            event => Reported::by(event),
        };
        reported.map(|reported| Self { reported, is_refill })
    }

    fn lane(&self) -> Lane {
        match self.is_refill {
            true => Lane::Bulk,
            false => self.reported.lane(),
        }
    }

    fn group(&self) -> Option<String> {
        self.reported.group()
    }

    fn take_up(&mut self, other: &Self) -> bool {
        self.is_refill == other.is_refill && self.reported.take_up(&other.reported)
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        matching::find_matches(deps, &self.reported.pet_ids)
            .await
            .map(Outcome::from)
    }
}

#[cfg(test)]
mod tests {
    use entity::id::PetId;

    use super::*;

    fn lane(event: &Event) -> Option<Lane> {
        FindMatches::called_for_by(event).map(|job| job.lane())
    }

    #[test]
    fn changes_of_open_reports_call_for_their_pairs_and_refills_keep_nobody_waiting() {
        let pet_id = PetId(uuid::Uuid::from_u128(1));
        let pet_ids = vec![pet_id];
        let changed = Event::Pets(PetEvent::PetChanged { pet_id });
        assert_eq!(lane(&changed), Some(Lane::Interactive));
        let decided = Event::Pets(PetEvent::PetStatusChanged {
            pet_ids: pet_ids.clone(),
        });
        assert_eq!(lane(&decided), Some(Lane::Interactive));
        let thinned = Event::Matching(MatchEvent::MatchesThinned { pet_ids });
        assert_eq!(lane(&thinned), Some(Lane::Bulk));
    }
}
