//! Text messages and their webhooks.

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

/// Sends text messages and recognises genuine webhook calls.
#[async_trait::async_trait]
pub trait SmsGateway: Send + Sync {
    /// Hands over one message, once.
    async fn send(&self, sms: &OutgoingSms) -> Result<Accepted, SmsError>;

    /// Removes incomplete data left by tries that were interrupted before that time.
    async fn sweep(&self, _before: Timestamp) -> io::Result<Swept> {
        Ok(Swept::default())
    }

    /// Whether a second `send` with the same id is harmless. If not, a caller that does not know the outcome of the
    /// first must not try again.
    fn is_idempotent(&self) -> bool;

    /// The sender of the messages: a number in E.164 or the id of a messaging service.
    fn sender(&self) -> &str;

    /// Whether `signature` was made by this gateway for exactly this call. `url` is the public URL as called, with its
    /// query; `form` holds the decoded fields, including blank and unknown ones. A JSON body has no form; its digest
    /// is in the query as `bodySHA256`, and comparing it with the body is left to the caller.
    fn verify_webhook(&self, url: &str, form: &[(String, String)], signature: &str) -> bool;
}

/// One message to one phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingSms {
    /// Identifies this message forever. 1 to 100 ASCII letters, digits, `_` and `-`.
    pub id: String,
    /// Recipient in E.164.
    pub to: String,
    /// At most 1,600 characters.
    pub body: String,
    /// Public URL that the gateway calls whenever the message's status changes.
    pub status_callback: Option<String>,
}

/// The gateway has taken responsibility for the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The gateway's own id for the message, used by its webhooks.
    pub provider_id: String,
    /// Number of segments, if the gateway reports it at once.
    pub segments: Option<u32>,
}

/// Reasons why a message was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// A later try may succeed.
    #[error("the text message could not be sent now")]
    Temporary {
        /// True if the message may have been sent all the same, because the gateway was asked and its answer got lost.
        /// In that case only an idempotent gateway may be asked again.
        may_have_been_sent: bool,
        /// Cause, for the log.
        source: BoxError,
    },
    /// Another try would fail as well.
    #[error("the text message was refused: {reason}")]
    Permanent {
        /// The gateway's error number.
        code: Option<u32>,
        /// Explanation for the sender; contains neither the number nor the text.
        reason: String,
    },
    /// The recipient answered STOP to this sender.
    #[error("the recipient does not want text messages")]
    OptedOut,
}
