//! Sends the link for a forgotten password.

use entity::{
    id::{JobId, PasswordResetId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::accounts,
    events::{AccountEvent, Event},
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Send the link for a forgotten password, if the address has an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendResetMail {
    /// The request.
    pub reset_id: PasswordResetId,
}

impl Job for SendResetMail {
    const NAME: &'static str = "send_reset_mail";
    const PRIORITY: Priority = Priority::High;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Accounts(AccountEvent::PasswordResetRequested { reset_id }) => Some(Self { reset_id: *reset_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        accounts::send_reset_mail(deps, id, self.reset_id).await
    }
}
