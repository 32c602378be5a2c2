//! Tells a member of a change to their account.

use entity::{
    id::{JobId, MemberId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::accounts,
    events::{AccountEvent, Event, SecurityChange},
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Tell a member of a change to their account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendSecurityMail {
    /// The member.
    pub member_id: MemberId,
    /// What happened.
    pub change: SecurityChange,
}

impl Job for SendSecurityMail {
    const NAME: &'static str = "send_security_mail";
    const PRIORITY: Priority = Priority::High;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Accounts(AccountEvent::SecurityChanged { member_id, change }) => Some(Self {
                member_id: *member_id,
                change: *change,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        accounts::send_security_mail(deps, id, self.member_id, self.change).await
    }
}
