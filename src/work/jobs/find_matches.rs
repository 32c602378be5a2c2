//! Scores reports against their counterparts.

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use super::reported::Reported;
use crate::{
    deps::Deps,
    domain::matching,
    events::{Event, MatchEvent, PhotoEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Score reports against their counterparts; reports from the same import are scored together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindMatches {
    /// The reports to score.
    #[serde(flatten)]
    pub reported: Reported,
}

impl Job for FindMatches {
    const NAME: &'static str = "find_matches";
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        let reported = match event {
            Event::Matching(MatchEvent::MatchesThinned { pet_ids }) => Some(Reported::of(pet_ids.clone())),
            Event::Photos(PhotoEvent::PetPhotosLearned { pet_id }) => Some(Reported::of(vec![*pet_id])),
            event => Reported::by(event),
        };
        reported.map(|reported| Self { reported })
    }

    fn lane(&self) -> Lane {
        self.reported.lane()
    }

    fn group(&self) -> Option<String> {
        self.reported.group()
    }

    fn take_up(&mut self, other: &Self) -> bool {
        self.reported.take_up(&other.reported)
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        matching::find_matches(deps, &self.reported.pet_ids)
            .await
            .map(Outcome::from)
    }
}
