//! A mail in the form of RFC 5322.

use lettre::{
    Address, Message,
    message::{Body, Mailbox, MultiPart, SinglePart, header},
};

use super::{DeliveryError, Mail};
use crate::ports::BoxError;

/// Encoding of the body.
pub(super) enum Encoding {
    /// As plain text that a person can read in the file, as long as lines are short enough.
    Readable,
    /// In a form that any relay accepts.
    Safe,
}

/// Builds the message. A mail that cannot be built, because of a malformed address for example, is refused permanently.
pub(super) fn message(mail: &Mail, from: &Mailbox, encoding: Encoding) -> Result<Message, DeliveryError> {
    let to = mail.to.parse::<Address>().map_err(refused)?;
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&mail.subject);
    let part = |kind, text: &str| SinglePart::builder().header(kind).body(body(text, &encoding));
    let text = part(header::ContentType::TEXT_PLAIN, &mail.text);
    let html = part(header::ContentType::TEXT_HTML, &mail.html);
    // The last part is the one that a program shows that can.
    message
        .multipart(MultiPart::alternative().singlepart(text).singlepart(html))
        .map_err(refused)
}

fn refused(error: impl Into<BoxError>) -> DeliveryError {
    DeliveryError::Permanent(error.into())
}

fn body(text: &str, encoding: &Encoding) -> Body {
    let text = text.to_owned();
    match encoding {
        Encoding::Safe => Body::new(text),
        Encoding::Readable => {
            Body::new_with_encoding(text, header::ContentTransferEncoding::EightBit).unwrap_or_else(Body::new)
        }
    }
}
