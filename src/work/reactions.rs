//! What follows from what: the only place where features meet.

use super::job::Job;
use crate::events::Event;

/// The jobs that a fact calls for.
pub fn reactions(event: &Event) -> Vec<Job> {
    match event {
        Event::MemberRegistered { member_id } | Event::EmailVerificationRequested { member_id } => {
            vec![Job::SendVerificationMail { member_id: *member_id }]
        }
        Event::PetReported { pet_id } | Event::PetChanged { pet_id } => {
            vec![
                Job::FindMatches {
                    pet_ids: vec![*pet_id],
                    import_id: None,
                },
                Job::TellSearches {
                    pet_ids: vec![*pet_id],
                    import_id: None,
                },
            ]
        }
        Event::PetsImported { import_id, pet_ids } => vec![
            Job::FindMatches {
                pet_ids: pet_ids.clone(),
                import_id: Some(*import_id),
            },
            Job::TellSearches {
                pet_ids: pet_ids.clone(),
                import_id: Some(*import_id),
            },
        ],
        Event::PhotosShown { pet_id } => vec![Job::LearnPhotos { pet_ids: vec![*pet_id] }],
        Event::SightingAdded { sighting_id } => vec![Job::TellSighting {
            sighting_id: *sighting_id,
        }],
        Event::MatchFound { match_id } => vec![Job::AlertMatch { match_id: *match_id }],
        Event::MatchDecided { match_id, .. } => vec![Job::TellConfirmation { match_id: *match_id }],
        Event::ConversationStarted { conversation_id, .. } | Event::ParticipantsAdded { conversation_id, .. } => {
            vec![Job::TellConversation {
                conversation_id: *conversation_id,
            }]
        }
        Event::StaffChanged { shelter_id, member_id } => vec![Job::EnrolStaff {
            shelter_id: *shelter_id,
            member_id: *member_id,
        }],
        Event::ShelterVerified { shelter_id } => vec![Job::TellShelterVerified {
            shelter_id: *shelter_id,
        }],
        Event::StaffInvited { invitation_id } => vec![Job::SendInvitationMail {
            invitation_id: *invitation_id,
        }],
        Event::ImportQueued { import_id } => vec![Job::RunImport { import_id: *import_id }],
        Event::ImportFinished { import_id } => vec![Job::TellImport { import_id: *import_id }],
        Event::SmsQueued { sms_message_id } => vec![Job::SendSms {
            sms_message_id: *sms_message_id,
        }],
        Event::MailRefused { mail_id } => vec![Job::TellMailRefused { mail_id: *mail_id }],
        Event::SessionRevoked { .. }
        | Event::RoleChanged { .. }
        | Event::ApiKeyRevoked { .. }
        | Event::PetStatusChanged { .. }
        | Event::PetClosed { .. }
        | Event::PhotosLearned { .. }
        | Event::MatchAlerted { .. }
        | Event::NotificationsChanged { .. }
        | Event::MessageSent { .. }
        | Event::MessageChanged { .. }
        | Event::ConversationRead { .. }
        | Event::ParticipantsChanged { .. }
        | Event::ParticipantRemoved { .. }
        | Event::ImportProgressed { .. } => Vec::new(),
    }
}
