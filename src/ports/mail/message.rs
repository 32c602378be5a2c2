//! A mail in the form of RFC 5322.

use lettre::{
    Address, Message,
    message::{Body, Mailbox, header},
};

use super::{DeliveryError, Mail};
use crate::ports::BoxError;

/// How the body is written.
pub(super) enum Encoding {
    /// As text that a person reads in the file, wherever lines are short enough for that.
    Readable,
    /// As any relay takes it.
    Safe,
}

/// Builds the message. What cannot be built, a malformed address for example, is refused for good.
pub(super) fn message(mail: &Mail, from: &Mailbox, encoding: Encoding) -> Result<Message, DeliveryError> {
    let to = mail.to.parse::<Address>().map_err(refused)?;
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&mail.subject)
        .header(header::ContentType::TEXT_PLAIN);
    message.body(body(mail, encoding)).map_err(refused)
}

fn refused(error: impl Into<BoxError>) -> DeliveryError {
    DeliveryError::Permanent(error.into())
}

fn body(mail: &Mail, encoding: Encoding) -> Body {
    let text = mail.text.clone();
    match encoding {
        Encoding::Safe => Body::new(text),
        Encoding::Readable => {
            Body::new_with_encoding(text, header::ContentTransferEncoding::EightBit).unwrap_or_else(Body::new)
        }
    }
}
