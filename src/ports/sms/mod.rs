//! Text messages and the webhooks that belong to them.

mod outbox;
mod segments;
mod signature;
mod twilio;

pub use outbox::{OutboxSettings, SmsOutbox};
pub use segments::{Encoding, Segments, segments};
pub use signature::sign;
pub use twilio::{Twilio, TwilioSender, TwilioSettings};

use std::io;

use entity::Timestamp;

use crate::ports::{BoxError, Swept};

/// Sends text messages and knows which webhook calls are genuine.
#[async_trait::async_trait]
pub trait SmsGateway: Send + Sync {
    /// Hands one message over, once.
    async fn send(&self, sms: &OutgoingSms) -> Result<Accepted, SmsError>;

    /// Removes what tries that were cut off before that time have left, if they leave anything.
    async fn sweep(&self, _before: Timestamp) -> io::Result<Swept> {
        Ok(Swept::default())
    }

    /// Whether a second `send` with the same id is harmless. If not, a caller that does not know what became of the
    /// first must not try again.
    fn is_idempotent(&self) -> bool;

    /// From whom the messages come: a number in E.164 or the id of a messaging service.
    fn sender(&self) -> &str;

    /// Whether `signature` was made by this gateway for exactly this call. `url` is the public address as it was
    /// called, with its query; `form` holds the decoded fields, the blank and the unknown ones too. A body of JSON has
    /// none; its digest is in the query as `bodySHA256`, and comparing that with the body is left to the caller.
    fn verify_webhook(&self, url: &str, form: &[(String, String)], signature: &str) -> bool;
}

/// One message to one phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingSms {
    /// Names this message for ever. ASCII letters, digits, `_` and `-`, 1 to 100 of them.
    pub id: String,
    /// Receiver in E.164.
    pub to: String,
    /// At most 1,600 characters.
    pub body: String,
    /// Public address that is told of every change of the message's status.
    pub status_callback: Option<String>,
}

/// The gateway answers for the message now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The gateway's own name of the message, which its webhooks use.
    pub provider_id: String,
    /// How many segments it counts, if it says so at once.
    pub segments: Option<u32>,
}

/// Why a message was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// Worth another try later.
    #[error("the text message could not be sent now")]
    Temporary {
        /// True if the message may be on its way all the same: the gateway was asked and its answer got lost. Then
        /// only a gateway that is idempotent may be asked again.
        may_have_been_sent: bool,
        /// For the log.
        source: BoxError,
    },
    /// Another try would end the same.
    #[error("the text message was refused: {reason}")]
    Permanent {
        /// The gateway's number of the error.
        code: Option<u32>,
        /// What is wrong, in words for the sender; names neither the number nor the text.
        reason: String,
    },
    /// The receiver answered STOP to this sender.
    #[error("the recipient does not want text messages")]
    OptedOut,
}
