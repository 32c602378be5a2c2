//! Facts about accounts, log-ins, and mails to members.

use entity::id::{MailId, MemberId, SessionId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountEvent {
    /// An account was made.
    MemberRegistered { member_id: MemberId },
    /// A member asked for the verification e-mail again.
    EmailVerificationRequested { member_id: MemberId },
    /// A log-in ended before its time.
    SessionRevoked { session_id: SessionId, member_id: MemberId },
    /// A member has another role.
    RoleChanged { member_id: MemberId },
    /// A mail was refused for good.
    MailRefused { mail_id: MailId },
}

impl AccountEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MemberRegistered { .. } => "member_registered",
            Self::EmailVerificationRequested { .. } => "email_verification_requested",
            Self::SessionRevoked { .. } => "session_revoked",
            Self::RoleChanged { .. } => "role_changed",
            Self::MailRefused { .. } => "mail_refused",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        match self {
            Self::SessionRevoked { member_id, .. } => vec![Topic::Revocations, Topic::Member(*member_id)],
            Self::RoleChanged { .. } => vec![Topic::Revocations],
            Self::MemberRegistered { .. } | Self::EmailVerificationRequested { .. } | Self::MailRefused { .. } => {
                Vec::new()
            }
        }
    }
}
