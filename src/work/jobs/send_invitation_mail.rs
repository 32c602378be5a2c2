//! Sends an invitation to join a shelter's staff.

use entity::{
    id::{InvitationId, JobId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::shelters,
    events::{Event, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Send an invitation to a shelter's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendInvitationMail {
    /// The invitation.
    pub invitation_id: InvitationId,
}

impl Job for SendInvitationMail {
    const NAME: &'static str = "send_invitation_mail";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::StaffInvited { invitation_id }) => Some(Self {
                invitation_id: *invitation_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        shelters::send_invitation_mail(deps, id, self.invitation_id).await
    }
}
