//! Asks an address to confirm a change of address.

use entity::{
    id::{EmailChangeId, JobId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::accounts,
    events::{AccountEvent, EmailSide, Event},
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Ask one of the two addresses to confirm a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendEmailChangeMail {
    /// The change.
    pub change_id: EmailChangeId,
    /// Which of the two addresses.
    pub side: EmailSide,
}

impl Job for SendEmailChangeMail {
    const NAME: &'static str = "send_email_change_mail";
    const PRIORITY: Priority = Priority::High;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Accounts(AccountEvent::EmailChangeRequested { change_id, side }) => Some(Self {
                change_id: *change_id,
                side: *side,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        accounts::send_change_mail(deps, id, self.change_id, self.side).await
    }
}
