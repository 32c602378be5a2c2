//! Facts about accounts, log-ins, and mails to members.

use entity::id::{EmailChangeId, LogInCodeId, MailId, MemberId, PasswordResetId, SessionId};
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
    /// Somebody asked for a new password for some address.
    PasswordResetRequested { reset_id: PasswordResetId },
    /// One of the two addresses is to confirm a change.
    EmailChangeRequested { change_id: EmailChangeId, side: EmailSide },
    /// A log-in waits for a code that is sent by text message.
    LogInCodeRequested { code_id: LogInCodeId },
    /// Something changed of which the member must hear, in case that it was somebody else.
    SecurityChanged {
        member_id: MemberId,
        change: SecurityChange,
    },
}

/// The two addresses that confirm a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailSide {
    /// The address that the account has.
    Present,
    /// The one that it will have.
    New,
}

/// Changes that make an account more or less secure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityChange {
    /// The member gave the old password and a new one.
    PasswordChanged,
    /// A new password was chosen by a link in a mail.
    PasswordReset,
    /// The account has another address.
    EmailChanged,
    /// Log-ins need a code of an authenticator app from now on.
    TotpEnabled,
    /// Log-ins need a code from a text message from now on.
    TextCodesEnabled,
    /// Log-ins need no code any more.
    SecondFactorDisabled,
    /// Another member has verified the number, so that no text messages come any more.
    PhoneLost,
    /// A passkey opens the account from now on.
    PasskeyAdded,
    /// A passkey opens it no longer.
    PasskeyRemoved,
    /// New recovery codes replaced the old ones.
    RecoveryCodesMade,
    /// A recovery code was used instead of the app.
    RecoveryCodeUsed,
    /// The account will be deleted.
    DeletionScheduled,
    /// It will not, because the member logged in.
    DeletionTakenBack,
    /// The member can log in with an account at another service from now on.
    IdentityLinked,
    /// The member can no longer do that.
    IdentityUnlinked,
}

impl SecurityChange {
    /// The name of the change in the audit log.
    pub fn name(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::EmailChanged => "email_changed",
            Self::TotpEnabled => "totp_enabled",
            Self::TextCodesEnabled => "text_codes_enabled",
            Self::SecondFactorDisabled => "second_factor_disabled",
            Self::PhoneLost => "phone_lost",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::RecoveryCodesMade => "recovery_codes_made",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::DeletionScheduled => "deletion_scheduled",
            Self::DeletionTakenBack => "deletion_taken_back",
            Self::IdentityLinked => "identity_linked",
            Self::IdentityUnlinked => "identity_unlinked",
        }
    }
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
            Self::PasswordResetRequested { .. } => "password_reset_requested",
            Self::EmailChangeRequested { .. } => "email_change_requested",
            Self::LogInCodeRequested { .. } => "log_in_code_requested",
            Self::SecurityChanged { .. } => "security_changed",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        match self {
            Self::SessionRevoked { member_id, .. } => vec![Topic::Revocations, Topic::Member(*member_id)],
            Self::RoleChanged { .. } => vec![Topic::Revocations],
            Self::MemberRegistered { .. }
            | Self::EmailVerificationRequested { .. }
            | Self::MailRefused { .. }
            | Self::PasswordResetRequested { .. }
            | Self::EmailChangeRequested { .. }
            | Self::LogInCodeRequested { .. }
            | Self::SecurityChanged { .. } => Vec::new(),
        }
    }
}
