//! The facts. Payloads are ids: who reacts loads the present state.

use entity::id::{
    ApiKeyId, ConversationId, ImportId, InvitationId, MailId, MatchId, MemberId, MessageId, PetId, PhotoId, SessionId,
    ShelterId, SightingId, SmsMessageId,
};
use serde::{Deserialize, Serialize};

use super::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// An account was made.
    MemberRegistered { member_id: MemberId },
    /// A member asked for the verification e-mail again.
    EmailVerificationRequested { member_id: MemberId },
    /// A log-in ended before its time.
    SessionRevoked { session_id: SessionId, member_id: MemberId },
    /// A member has another role.
    RoleChanged { member_id: MemberId },
    /// A shelter's key ended.
    ApiKeyRevoked { api_key_id: ApiKeyId },
    /// A report came in.
    PetReported { pet_id: PetId },
    /// A report changed in what matters for matching or the map.
    PetChanged { pet_id: PetId },
    /// Reports moved between open and matched.
    PetStatusChanged { pet_ids: Vec<PetId> },
    /// A report is over.
    PetClosed { pet_id: PetId },
    /// Reports were created or changed by an import, a bounded number of them.
    PetsImported { import_id: ImportId, pet_ids: Vec<PetId> },
    /// A report shows other photos than before.
    PhotosShown { pet_id: PetId },
    /// It was worked out how photos look.
    PhotosLearned { photo_ids: Vec<PhotoId> },
    /// Somebody saw a lost pet.
    SightingAdded { sighting_id: SightingId },
    /// Two reports may be one animal, or are surer than before to be.
    MatchFound { match_id: MatchId },
    /// A side confirmed or dismissed a match.
    MatchDecided {
        match_id: MatchId,
        member_ids: Vec<MemberId>,
    },
    /// A member has a new alert.
    MatchAlerted { member_id: MemberId },
    /// A member has a new notification, or has read some.
    NotificationsChanged { member_id: MemberId },
    /// A conversation was opened.
    ConversationStarted {
        conversation_id: ConversationId,
        member_ids: Vec<MemberId>,
    },
    /// A message was sent.
    MessageSent {
        conversation_id: ConversationId,
        message_id: MessageId,
        member_ids: Vec<MemberId>,
    },
    /// A message was edited, deleted or reacted to.
    MessageChanged {
        conversation_id: ConversationId,
        message_id: MessageId,
        member_ids: Vec<MemberId>,
    },
    /// A member has read up to somewhere; the members are those whose updates tell it.
    ConversationRead {
        conversation_id: ConversationId,
        member_ids: Vec<MemberId>,
    },
    /// Something changed that only these members see of a conversation: put away, silenced, delivered, assigned.
    #[serde(rename = "seat_changed")]
    ParticipantsChanged { member_ids: Vec<MemberId> },
    /// Members came into a group that was there before.
    ParticipantsAdded {
        conversation_id: ConversationId,
        member_ids: Vec<MemberId>,
    },
    /// A member left a group, or was removed.
    ParticipantRemoved {
        conversation_id: ConversationId,
        member_id: MemberId,
    },
    /// An admin has verified a shelter, or taken it back.
    ShelterVerified { shelter_id: ShelterId },
    /// Somebody was invited to a shelter's staff.
    StaffInvited { invitation_id: InvitationId },
    /// Somebody joined or left a shelter's staff.
    StaffChanged { shelter_id: ShelterId, member_id: MemberId },
    /// A file waits to be imported.
    ImportQueued { import_id: ImportId },
    /// An import has come further.
    ImportProgressed { import_id: ImportId },
    /// An import is over.
    ImportFinished { import_id: ImportId },
    /// An SMS waits to be sent.
    SmsQueued { sms_message_id: SmsMessageId },
    /// A mail was refused for good.
    MailRefused { mail_id: MailId },
}

impl Event {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MemberRegistered { .. } => "member_registered",
            Self::EmailVerificationRequested { .. } => "email_verification_requested",
            Self::SessionRevoked { .. } => "session_revoked",
            Self::RoleChanged { .. } => "role_changed",
            Self::ApiKeyRevoked { .. } => "api_key_revoked",
            Self::PetReported { .. } => "pet_reported",
            Self::PetChanged { .. } => "pet_changed",
            Self::PetStatusChanged { .. } => "pet_status_changed",
            Self::PetClosed { .. } => "pet_closed",
            Self::PetsImported { .. } => "pets_imported",
            Self::PhotosShown { .. } => "photos_shown",
            Self::PhotosLearned { .. } => "photos_learned",
            Self::SightingAdded { .. } => "sighting_added",
            Self::MatchFound { .. } => "match_found",
            Self::MatchDecided { .. } => "match_decided",
            Self::MatchAlerted { .. } => "match_alerted",
            Self::NotificationsChanged { .. } => "notifications_changed",
            Self::ConversationStarted { .. } => "conversation_started",
            Self::MessageSent { .. } => "message_sent",
            Self::MessageChanged { .. } => "message_changed",
            Self::ConversationRead { .. } => "conversation_read",
            Self::ParticipantsChanged { .. } => "seat_changed",
            Self::ParticipantsAdded { .. } => "participants_added",
            Self::ParticipantRemoved { .. } => "participant_removed",
            Self::ShelterVerified { .. } => "shelter_verified",
            Self::StaffInvited { .. } => "staff_invited",
            Self::StaffChanged { .. } => "staff_changed",
            Self::ImportQueued { .. } => "import_queued",
            Self::ImportProgressed { .. } => "import_progressed",
            Self::ImportFinished { .. } => "import_finished",
            Self::SmsQueued { .. } => "sms_queued",
            Self::MailRefused { .. } => "mail_refused",
        }
    }

    /// Whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        let members = |ids: &[MemberId]| ids.iter().copied().map(Topic::Member).collect::<Vec<_>>();
        match self {
            Self::MatchAlerted { member_id } | Self::NotificationsChanged { member_id } => {
                vec![Topic::Member(*member_id)]
            }
            Self::StaffChanged { member_id, .. } => vec![Topic::Rights(*member_id), Topic::Member(*member_id)],
            Self::SessionRevoked { member_id, .. } => vec![Topic::Revocations, Topic::Member(*member_id)],
            Self::RoleChanged { .. } | Self::ApiKeyRevoked { .. } => vec![Topic::Revocations],
            Self::MatchDecided { member_ids, .. } | Self::ParticipantsChanged { member_ids } => members(member_ids),
            Self::ConversationStarted {
                conversation_id,
                member_ids,
            }
            | Self::ConversationRead {
                conversation_id,
                member_ids,
            }
            | Self::ParticipantsAdded {
                conversation_id,
                member_ids,
            }
            | Self::MessageSent {
                conversation_id,
                member_ids,
                ..
            }
            | Self::MessageChanged {
                conversation_id,
                member_ids,
                ..
            } => {
                let mut topics = members(member_ids);
                topics.push(Topic::Conversation(*conversation_id));
                topics
            }
            Self::ParticipantRemoved {
                conversation_id,
                member_id,
            } => {
                // Their rights first: what rings next would be for those who stay.
                vec![
                    Topic::Rights(*member_id),
                    Topic::Conversation(*conversation_id),
                    Topic::Member(*member_id),
                ]
            }
            Self::ImportQueued { import_id }
            | Self::ImportProgressed { import_id }
            | Self::ImportFinished { import_id } => vec![Topic::Import(*import_id)],
            Self::MemberRegistered { .. }
            | Self::EmailVerificationRequested { .. }
            | Self::PetReported { .. }
            | Self::PetChanged { .. }
            | Self::PetStatusChanged { .. }
            | Self::PetClosed { .. }
            | Self::PetsImported { .. }
            | Self::PhotosShown { .. }
            | Self::PhotosLearned { .. }
            | Self::SightingAdded { .. }
            | Self::MatchFound { .. }
            | Self::ShelterVerified { .. }
            | Self::StaffInvited { .. }
            | Self::SmsQueued { .. }
            | Self::MailRefused { .. } => Vec::new(),
        }
    }
}
