//! Asks the service for the places on the agenda, one after the other, at the rate that is allowed.
//!
//! One job works on the whole agenda and sleeps between two turns. A job for each place would be thousands of jobs after an
//! import, of which all but one found every second that it was not their turn; and the agenda also remembers of what the
//! service knows nothing.

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
    work::job::{Job, Priority},
};

/// So many places are worked on at once at most, where the answers are known; then others have their turn.
const AT_ONCE: usize = 10;

/// Work on the agenda of places until nothing is left on it. Those that wait together are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUpPlaces {}

impl Job for LookUpPlaces {
    const NAME: &'static str = "look_up_places";
    const PRIORITY: Priority = Priority::Low;
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        matches!(event, Event::Places(PlaceEvent::PlacesWanted {})).then_some(Self {})
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
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
