//! Adds somebody who joined a shelter's staff to the conversations of its inbox, or removes somebody who left.

use entity::{
    id::{JobId, MemberId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::chat,
    events::{Event, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Add somebody who joined a shelter's staff to the conversations of its inbox, or remove somebody who left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolStaff {
    /// The shelter.
    pub shelter_id: ShelterId,
    /// The member.
    pub member_id: MemberId,
}

impl Job for EnrolStaff {
    const NAME: &'static str = "seat_staff";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::StaffChanged { shelter_id, member_id }) => Some(Self {
                shelter_id: *shelter_id,
                member_id: *member_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        chat::enrol_staff_everywhere(deps, self.shelter_id, self.member_id)
            .await
            .map(Outcome::from)
    }
}
