//! Notifies members of reports that match their saved searches.

use std::time::Duration;

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use super::reported::Reported;
use crate::{
    deps::Deps,
    domain::notifications,
    events::Event,
    kernel::{Outcome, Result},
    work::job::Job,
};

/// How long reports of one import are collected before members are notified of them.
pub const GATHERING: Duration = Duration::from_secs(10);

/// Notify members of reports that match their saved searches; reports from one import are grouped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellSearches {
    /// The reports to compare.
    #[serde(flatten)]
    pub reported: Reported,
}

impl Job for TellSearches {
    const NAME: &'static str = "tell_searches";
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        Reported::by(event).map(|reported| Self { reported })
    }

    fn lane(&self) -> Lane {
        self.reported.lane()
    }

    /// Reports from an import are delayed, so that members get one notification for many of them.
    fn delay(&self) -> Duration {
        match self.reported.import_id {
            Some(_) => GATHERING,
            None => Duration::ZERO,
        }
    }

    fn group(&self) -> Option<String> {
        self.reported.group()
    }

    fn take_up(&mut self, other: &Self) -> bool {
        self.reported.take_up(&other.reported)
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        let Reported { pet_ids, import_id, .. } = self.reported;
        let told = notifications::tell_searches(deps, &pet_ids, import_id).await;
        told.map(Outcome::from)
    }
}
