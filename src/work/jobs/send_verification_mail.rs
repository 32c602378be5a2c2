//! Sends a member the link that verifies their e-mail address.

use entity::{
    id::{JobId, MemberId},
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

/// Send a member the link that proves the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendVerificationMail {
    /// The member.
    pub member_id: MemberId,
}

impl Job for SendVerificationMail {
    const NAME: &'static str = "send_verification_mail";
    const PRIORITY: Priority = Priority::High;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Accounts(
                AccountEvent::MemberRegistered { member_id } | AccountEvent::EmailVerificationRequested { member_id },
            ) => Some(Self { member_id: *member_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        accounts::send_verification_mail(deps, id, self.member_id).await
    }
}
