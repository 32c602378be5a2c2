//! Mail through a relay.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{Error, response::Severity},
};
use secrecy::{ExposeSecret, SecretString};

use super::{DeliveryError, Mail, Mailer, message};
use crate::ports::{BoxError, durable_file};

/// A relay that does not answer a command for so long is given up.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Where the relay is and who we are.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// `smtps://user:password@host:465` for TLS from the start, `smtp://…:587?tls=required` for STARTTLS,
    /// `smtp://host:25` for neither. The user and the password are percent-encoded.
    pub url: SecretString,
    /// `Name <address>` or an address alone; its domain appears in the Message-ID.
    pub from: String,
}

/// Sends through an SMTP relay over kept connections.
#[derive(Clone)]
pub struct SmtpMailer {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// Checks the settings; connects with the first mail.
    pub fn new(settings: &SmtpSettings) -> Result<Self, BoxError> {
        let relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.url.expose_secret())?
            .timeout(Some(TIMEOUT))
            .build();
        let from = settings.from.parse()?;
        Ok(Self { relay, from })
    }
}

impl SmtpMailer {
    /// Whether the relay takes our connection at all. One that answers it with a 5xx refuses us, not a mail, and the error of
    /// a send does not tell which of the two it was.
    async fn is_welcome(&self) -> bool {
        self.relay.test_connection().await.unwrap_or(false)
    }
}

#[async_trait::async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        durable_file::check_id(&mail.id).map_err(|error| DeliveryError::Permanent(error.into()))?;
        let message = message::message(mail, &self.from, message::Encoding::Safe)?;
        match self.relay.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if is_about_the_mail(&error) && self.is_welcome().await => {
                Err(DeliveryError::Permanent(error.into()))
            }
            Err(error) => Err(DeliveryError::Temporary(error.into())),
        }
    }
}

/// Whether the relay refused this mail for good, rather than us: a wrong password (530, 534, 535, 538 in RFC 4954) is
/// put right by the operator, and then the mail can go.
fn is_about_the_mail(error: &Error) -> bool {
    error.status().is_some_and(|code| {
        let is_about_us = matches!(u16::from(code), 530 | 534 | 535 | 538);
        code.severity == Severity::PermanentNegativeCompletion && !is_about_us
    })
}
