//! E-mail. The queue that retries stands before this port; a mailer tries once and says what became of it.

mod folder;
mod message;
mod smtp;

pub use folder::FolderMailer;
pub use smtp::{SmtpMailer, SmtpSettings};

use std::io;

use entity::Timestamp;

use crate::ports::{BoxError, Swept};

/// Sends e-mail.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one mail over. `Ok` means that somebody else answers for it now: a relay, or the disk.
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError>;

    /// Removes what tries that were cut off before that time have left, if they leave anything.
    async fn sweep(&self, _before: Timestamp) -> io::Result<Swept> {
        Ok(Swept::default())
    }
}

/// One mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Names this mail for ever: the same id is the same mail. ASCII letters, digits, `_` and `-`, 1 to 100 of them.
    /// It becomes the Message-ID, by which receivers recognise a mail that was sent twice, and the name of a file.
    pub id: String,
    /// Address of the receiver, without a display name.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The whole body as plain text.
    pub text: String,
}

/// Why a mail could not be handed over.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// Worth another try later: the relay is down, busy or asks for patience.
    #[error("the mail could not be delivered now")]
    Temporary(#[source] BoxError),
    /// Another try would end the same: the address or the mail itself was refused.
    #[error("the mail can not be delivered")]
    Permanent(#[source] BoxError),
}
