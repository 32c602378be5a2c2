//! Typed ids: UUIDv7 inside, prefixed text outside (`pet_01h455vb4pex5vsknk084sn02q`, as in the TypeID specification 0.3).

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Crockford's base 32, lower case.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Returned when a text is not an id of the expected type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct ParseIdError;

/// The 26 characters of a UUID, five bits each.
pub fn encode(id: Uuid) -> String {
    let bits = id.as_u128();
    (0..26)
        .map(|place| char::from(ALPHABET[((bits >> (125 - 5 * place)) & 31) as usize]))
        .collect()
}

/// Reads the output of [`encode`]: exactly 26 lower-case characters that fit into 128 bits.
pub fn decode(text: &str) -> Result<Uuid, ParseIdError> {
    if text.len() != 26 || text.as_bytes().first().is_none_or(|first| b'7' < *first) {
        return Err(ParseIdError);
    }
    text.bytes()
        .try_fold(0_u128, |bits, byte| {
            let value = ALPHABET.iter().position(|known| *known == byte).ok_or(ParseIdError)?;
            Ok((bits << 5) | value as u128)
        })
        .map(Uuid::from_u128)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The part before the underscore in an id's text form.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), encode(self.0))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.strip_prefix(concat!($prefix, "_")).ok_or(ParseIdError).and_then(decode).map(Self)
            }
        }

        /// Required of primary keys; always fails, because the database never generates a UUID.
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A member's account.
    MemberId "mem";
    /// A session: one log-in on one device.
    SessionId "ses";
    /// A file that a client uploads.
    UploadId "upl";
    /// A stored photo.
    PhotoId "pho";
    /// One report about one animal.
    PetId "pet";
    /// A sighting of a lost pet.
    SightingId "sig";
    /// A pair of reports that may be about the same animal.
    MatchId "mat";
    /// A claim to the animal of a match.
    ClaimId "clm";
    /// A notification of a member.
    NotificationId "not";
    /// A background job.
    JobId "job";
    /// A mail sent by the server.
    MailId "mail";
    /// A conversation.
    ConversationId "con";
    /// A message in a conversation.
    MessageId "msg";
    /// A shelter.
    ShelterId "she";
    /// An invitation to a shelter's staff.
    InvitationId "inv";
    /// A request for a new password.
    PasswordResetId "prs";
    /// A change of an account's address.
    EmailChangeId "emc";
    /// An archive of a member's data.
    DataExportId "dex";
    /// A code for a log-in by text message.
    LogInCodeId "lic";
    /// A passkey of a member.
    PasskeyId "pky";
    /// Something a member said about a consent.
    ConsentId "cns";
    /// An identity at a provider of OpenID Connect.
    IdentityId "idy";
    /// An attempt to sign in at such a provider.
    SignInAttemptId "sia";
    /// An animal that a shelter knows.
    ShelterAnimalId "ani";
    /// A stay of an animal in a shelter's care.
    StayId "sta";
    /// An offer to hand an animal over to a shelter.
    TransferId "trf";
    /// A shelter's API key.
    ApiKeyId "key";
    /// A webhook of a shelter.
    WebhookId "whk";
    /// Something that is delivered to a webhook.
    WebhookDeliveryId "whd";
    /// A system of a shelter whose animals are fetched.
    ConnectorId "ctr";
    /// A run of a connector.
    ConnectorRunId "cnr";
    /// A bulk import.
    ImportId "imp";
    /// What a shelter says of the columns of its files.
    ImportMappingId "imm";
    /// An SMS.
    SmsMessageId "sms";
    /// A saved search.
    SavedSearchId "sav";
    /// An entry in a member's search history.
    SearchHistoryEntryId "his";
    /// A shared link.
    ShareId "sha";
    /// An abuse report to the moderators.
    AbuseReportId "abu";
    /// An entry in the audit log.
    AuditEntryId "aud";
}
