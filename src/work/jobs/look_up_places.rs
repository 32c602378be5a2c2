//! Looks up the places on the agenda with the geocoding service, one at a time and within its rate limit.
//!
//! A single job works through the whole agenda and snoozes between requests. One job per place would mean thousands of
//! jobs after an import, and every second all but one of them would find that it was not their turn. The agenda also
//! remembers the places that the service does not know.

use std::time::Duration;

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::{
        pets::{Step, resolve_next_place},
        places,
    },
    events::{Event, PlaceEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Maximum number of places handled in a row when the answers are already known; after that, other jobs get their turn.
const AT_ONCE: usize = 10;

/// Work through the agenda of places until it is empty. Queued jobs of this kind are merged into one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUpPlaces {}

impl Job for LookUpPlaces {
    const NAME: &'static str = "look_up_places";
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        matches!(event, Event::Places(PlaceEvent::PlacesWanted {})).then_some(Self {})
    }

    /// Waiting for a slow service must not hold up mail.
    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    /// A group of its own, so that it gets its turn beside imports.
    fn group(&self) -> Option<String> {
        Some("places".to_owned())
    }

    fn take_up(&mut self, _other: &Self) -> bool {
        true
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        if !places::is_online(deps) {
            return Ok(Outcome::Done);
        }
        for _ in 0..AT_ONCE {
            let next = match resolve_next_place(deps).await? {
                Step::Worked => continue,
                Step::NotBefore(then) => Some(then),
                Step::Idle => places::next_due(deps.db.read()).await?,
            };
            return Ok(match next {
                Some(then) => Outcome::Snooze(then.since(deps.clock.now())),
                None => Outcome::Done,
            });
        }
        Ok(Outcome::Snooze(Duration::ZERO))
    }
}
