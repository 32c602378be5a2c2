//! E-mail. Retries are left to the queue in front of this port; a mailer tries once and reports the result.

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
    /// Hands over one mail. `Ok` means that responsibility has passed to a relay or to the disk.
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError>;

    /// Removes incomplete data left by tries that were interrupted before that time.
    async fn sweep(&self, _before: Timestamp) -> io::Result<Swept> {
        Ok(Swept::default())
    }
}

/// One mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Identifies this mail forever: the same id means the same mail. 1 to 100 ASCII letters, digits, `_` and `-`.
    /// It becomes the Message-ID, by which receivers recognise a mail that was sent twice, and the file name.
    pub id: String,
    /// Recipient's address, without a display name.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The whole body as plain text.
    pub text: String,
    /// The same as HTML, which loads nothing from elsewhere.
    pub html: String,
}

/// Reasons why a mail could not be handed over.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// A later try may succeed: the relay is down, busy or asks us to wait.
    #[error("the mail could not be delivered now")]
    Temporary(#[source] BoxError),
    /// Another try would fail as well: the address or the mail itself was refused.
    #[error("the mail can not be delivered")]
    Permanent(#[source] BoxError),
}
