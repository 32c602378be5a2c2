//! A mail in the form of RFC 5322.

use lettre::{
    Address, Message,
    message::{Body, Mailbox, MultiPart, SinglePart, header},
};

use super::{DeliveryError, Mail};
use crate::ports::BoxError;

/// Bytes of a line without its end (RFC 5322, section 2.1.1).
const LONGEST_LINE: usize = 998;

/// Encoding of the body.
pub(super) enum Encoding {
    /// As text that a person can read in the file, as long as no line is longer than a mail may have.
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
    // The library leaves only shorter lines as they are: a link with a token would be broken in two.
    let is_readable = text.lines().all(|line| line.len() <= LONGEST_LINE);
    match encoding {
        Encoding::Readable if is_readable => {
            let lines: String = text.lines().flat_map(|line| [line, "\r\n"]).collect();
            Body::dangerous_pre_encoded(lines.into_bytes(), header::ContentTransferEncoding::EightBit)
        }
        Encoding::Safe | Encoding::Readable => Body::new(text.to_owned()),
    }
}
