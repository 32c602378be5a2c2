//! Deletes an account whose time is over.

use entity::{
    id::{JobId, MemberId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::privacy,
    events::Event,
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Delete an account. Queued by housekeeping, not by an event: what calls for it is that time has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseAccount {
    /// The member.
    pub member_id: MemberId,
}

impl Job for EraseAccount {
    const NAME: &'static str = "erase_account";

    fn called_for_by(_: &Event) -> Option<Self> {
        None
    }

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        privacy::erase_account(deps, self.member_id).await
    }
}
