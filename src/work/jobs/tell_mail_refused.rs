//! Notifies a member that a mail sent on their behalf was permanently refused.

use entity::{
    id::{JobId, MailId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{AccountEvent, Event},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify a member that a mail sent on their behalf was permanently refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellMailRefused {
    /// The mail.
    pub mail_id: MailId,
}

impl Job for TellMailRefused {
    const NAME: &'static str = "tell_mail_refused";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Accounts(AccountEvent::MailRefused { mail_id }) => Some(Self { mail_id: *mail_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_mail_refused(deps, self.mail_id).await
    }
}
