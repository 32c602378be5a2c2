//! The jobs: what is to be done, and who does it.

use std::time::Duration;

use entity::{
    id::{
        ConversationId, ImportId, InvitationId, JobId, MailId, MatchId, MemberId, PetId, ShelterId, SightingId,
        SmsMessageId,
    },
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::{accounts, chat, matching, notifications, photos, shelters, sms},
    kernel::Result,
};

/// So long reports of one import are gathered before members are told of them.
pub const GATHERING: Duration = Duration::from_secs(10);

/// Something to be done later. Every job may run twice and loads the present state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Send a member the link that proves the address.
    SendVerificationMail { member_id: MemberId },
    /// Send an invitation to a shelter's staff.
    SendInvitationMail { invitation_id: InvitationId },
    /// Score reports against their counterparts.
    FindMatches {
        pet_ids: Vec<PetId>,
        #[serde(default)]
        import_id: Option<ImportId>,
    },
    /// Tell members of reports that fit their saved searches; those of an import together.
    TellSearches {
        pet_ids: Vec<PetId>,
        import_id: Option<ImportId>,
    },
    /// Look at the photos of reports.
    LearnPhotos { pet_ids: Vec<PetId> },
    /// Let the configured model look at all photos.
    LearnAllPhotos,
    /// Alert those whom a match concerns.
    AlertMatch { match_id: MatchId },
    /// Tell a side of a match that the other one has confirmed it.
    TellConfirmation { match_id: MatchId },
    /// Tell an owner that the pet was seen.
    TellSighting { sighting_id: SightingId },
    /// Tell members that somebody wrote to them for the first time.
    TellConversation { conversation_id: ConversationId },
    /// Give somebody who joined or left a shelter's staff their seats in its inbox, or take them.
    #[serde(rename = "seat_staff")]
    EnrolStaff { shelter_id: ShelterId, member_id: MemberId },
    /// Tell a shelter's admins that it was verified.
    TellShelterVerified { shelter_id: ShelterId },
    /// Read a file of animals.
    RunImport { import_id: ImportId },
    /// Tell who started an import that it is over.
    TellImport { import_id: ImportId },
    /// Hand an SMS to the carrier.
    SendSms { sms_message_id: SmsMessageId },
    /// Tell a member that a mail of theirs was refused for good.
    TellMailRefused { mail_id: MailId },
}

impl Job {
    /// Names of the jobs that [`Job::join`] makes one of.
    pub const TOGETHER: [&'static str; 2] = ["find_matches", "tell_searches"];

    /// Fewer jobs that do the same: those about reports of one origin become one about all of them.
    pub fn join(jobs: Vec<Self>) -> Vec<Self> {
        let mut joined: Vec<Self> = Vec::new();
        for job in jobs {
            if !joined.iter_mut().any(|before| before.take_up(&job)) {
                joined.push(job);
            }
        }
        joined
    }

    /// Takes up the reports of another job, if it does the same for the same import.
    fn take_up(&mut self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::FindMatches { pet_ids, import_id },
                Self::FindMatches {
                    pet_ids: more,
                    import_id: other,
                },
            )
            | (
                Self::TellSearches { pet_ids, import_id },
                Self::TellSearches {
                    pet_ids: more,
                    import_id: other,
                },
            ) if import_id == other => {
                pet_ids.extend(more);
                true
            }
            _ => false,
        }
    }

    /// How long it waits at least. What an import brings is told of when more of it has come, since it is told together.
    pub fn delay(&self) -> Duration {
        match self {
            Self::TellSearches { import_id: Some(_), .. } => GATHERING,
            _ => Duration::ZERO,
        }
    }

    /// The name, as the queue stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SendVerificationMail { .. } => "send_verification_mail",
            Self::SendInvitationMail { .. } => "send_invitation_mail",
            Self::FindMatches { .. } => "find_matches",
            Self::TellSearches { .. } => "tell_searches",
            Self::LearnPhotos { .. } => "learn_photos",
            Self::LearnAllPhotos => "learn_all_photos",
            Self::AlertMatch { .. } => "alert_match",
            Self::TellConfirmation { .. } => "tell_confirmation",
            Self::TellSighting { .. } => "tell_sighting",
            Self::TellConversation { .. } => "tell_conversation",
            Self::EnrolStaff { .. } => "seat_staff",
            Self::TellShelterVerified { .. } => "tell_shelter_verified",
            Self::RunImport { .. } => "run_import",
            Self::TellImport { .. } => "tell_import",
            Self::SendSms { .. } => "send_sms",
            Self::TellMailRefused { .. } => "tell_mail_refused",
        }
    }

    /// Which workers do it: those of bulk never keep those of the others waiting.
    pub fn lane(&self) -> Lane {
        match self {
            Self::SendVerificationMail { .. } | Self::SendInvitationMail { .. } | Self::SendSms { .. } => {
                Lane::Delivery
            }
            Self::FindMatches { import_id, .. } | Self::TellSearches { import_id, .. } => match import_id {
                Some(_) => Lane::Bulk,
                None => Lane::Interactive,
            },
            Self::RunImport { .. } | Self::LearnPhotos { .. } | Self::LearnAllPhotos => Lane::Bulk,
            Self::AlertMatch { .. }
            | Self::TellConfirmation { .. }
            | Self::TellSighting { .. }
            | Self::TellConversation { .. }
            | Self::EnrolStaff { .. }
            | Self::TellShelterVerified { .. }
            | Self::TellImport { .. }
            | Self::TellMailRefused { .. } => Lane::Interactive,
        }
    }

    /// Does it. The id names the job with every try.
    pub async fn perform(self, deps: &Deps, id: JobId) -> Result<()> {
        match self {
            Self::SendVerificationMail { member_id } => accounts::send_verification_mail(deps, id, member_id).await,
            Self::SendInvitationMail { invitation_id } => shelters::send_invitation_mail(deps, id, invitation_id).await,
            Self::FindMatches { pet_ids, .. } => matching::find_matches(deps, &pet_ids).await,
            Self::TellSearches { pet_ids, import_id } => notifications::tell_searches(deps, &pet_ids, import_id).await,
            Self::LearnPhotos { pet_ids } => photos::learn_photos(deps, &pet_ids).await,
            Self::LearnAllPhotos => photos::learn_all_photos(deps).await,
            Self::AlertMatch { match_id } => notifications::alert_match(deps, match_id).await,
            Self::TellConfirmation { match_id } => notifications::tell_confirmation(deps, match_id).await,
            Self::TellSighting { sighting_id } => notifications::tell_sighting(deps, sighting_id).await,
            Self::TellConversation { conversation_id } => notifications::tell_conversation(deps, conversation_id).await,
            Self::EnrolStaff { shelter_id, member_id } => {
                chat::enrol_staff_everywhere(deps, shelter_id, member_id).await
            }
            Self::TellShelterVerified { shelter_id } => notifications::tell_shelter_verified(deps, shelter_id).await,
            Self::RunImport { import_id } => shelters::run_import(deps, import_id).await,
            Self::TellImport { import_id } => notifications::tell_import(deps, import_id).await,
            Self::SendSms { sms_message_id } => sms::deliver_sms(deps, sms_message_id).await,
            Self::TellMailRefused { mail_id } => notifications::tell_mail_refused(deps, mail_id).await,
        }
    }
}
