//! Mail through an SMTP relay.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{Error, response::Severity},
};
use secrecy::{ExposeSecret, SecretString};

use super::{DeliveryError, Mail, Mailer, message};
use crate::ports::{BoxError, durable_file};

/// A relay that takes longer than this to answer a command is abandoned.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The relay to use and the sender's identity.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// `smtps://user:password@host:465` for TLS from the start, `smtp://…:587?tls=required` for STARTTLS,
    /// `smtp://host:25` for neither. The user and the password are percent-encoded.
    pub url: SecretString,
    /// `Name <address>` or an address alone; its domain appears in the Message-ID.
    pub from: String,
}

/// Sends through an SMTP relay and keeps its connections open.
#[derive(Clone)]
pub struct SmtpMailer {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// Checks the settings; connects only for the first mail.
    pub fn new(settings: &SmtpSettings) -> Result<Self, BoxError> {
        let relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.url.expose_secret())?
            .timeout(Some(TIMEOUT))
            .build();
        let from = settings.from.parse()?;
        Ok(Self { relay, from })
    }
}

impl SmtpMailer {
    /// Whether the relay accepts our connection at all. A 5xx in answer to the connection refuses us rather than a
    /// mail, and the error of a send does not tell the two apart.
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

/// Whether the relay permanently refused this mail, rather than us: a wrong password (530, 534, 535, 538 in RFC 4954)
/// can be corrected by the operator, after which the mail can be sent.
fn is_about_the_mail(error: &Error) -> bool {
    error.status().is_some_and(|code| {
        let is_about_us = matches!(u16::from(code), 530 | 534 | 535 | 538);
        code.severity == Severity::PermanentNegativeCompletion && !is_about_us
    })
}
