//! SMS accounts, status transitions, and a message as its member sees it; pure.

use entity::{id::MemberId, sms_message, vocabulary::SmsStatus};
use sea_orm::Iterable;

/// Purpose of a message with a code.
pub(super) const VERIFICATION: &str = "verification";
/// Purpose of a message with a code for a log-in.
pub(super) const LOG_IN: &str = "log_in";
/// Purpose of a message to the other side of a conversation.
pub(super) const CHAT: &str = "chat";
/// Purpose of an incoming message.
pub(super) const INBOUND: &str = "inbound";

/// Shown in place of a hidden number: no area code starts with 0, so it belongs to nobody.
const NOBODY: &str = "+10000000000";

/// A member's phone number and credits, as visible to the member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The owner of the account.
    pub member_id: MemberId,
    /// The verified number in E.164; before the first verification, the one that a code was sent to.
    pub phone: Option<String>,
    /// Whether the number was verified.
    pub verified: bool,
    /// Whether messages can be sent to it: the member agreed and the phone has not said STOP.
    pub opted_in: bool,
    /// Number of segments that can still be sent.
    pub credits: i32,
}

/// Whether one status may follow another: only forward, and never from a final one.
pub(super) fn can_become(from: SmsStatus, to: SmsStatus) -> bool {
    use SmsStatus::{Delivered, Failed, Queued, Received, Sending, Sent, Undelivered};
    match (from, to) {
        (Queued | Sending, Sent | Delivered | Undelivered | Failed) => true,
        (Sent, Delivered | Undelivered | Failed) => true,
        (Queued, Sending) => true,
        (Queued | Sending | Sent | Delivered | Undelivered | Failed | Received, _) => false,
    }
}

/// Every status from which this one can be reached.
pub(super) fn before(to: SmsStatus) -> Vec<SmsStatus> {
    SmsStatus::iter().filter(|from| can_become(*from, to)).collect()
}

/// Our status for a carrier's; `None` if it does not concern an outgoing message.
pub(super) fn status_of(word: &str) -> Option<SmsStatus> {
    match word {
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => Some(SmsStatus::Sent),
        "delivered" | "read" | "partially_delivered" => Some(SmsStatus::Delivered),
        "undelivered" => Some(SmsStatus::Undelivered),
        "failed" | "canceled" => Some(SmsStatus::Failed),
        _ => None,
    }
}

/// The recipient's number as shown to the member who sent the message. The other side's number stays hidden, so the
/// server's own is shown instead.
pub fn shown_to<'a>(sms: &'a sms_message::Model, sender: &'a str) -> &'a str {
    match sms.purpose.as_str() {
        CHAT if sender.starts_with('+') => sender,
        CHAT => NOBODY,
        _ => &sms.to_phone,
    }
}

/// The text with typographic characters replaced by plain ones: a single curly quote would switch the whole message to
/// an encoding with 70 instead of 160 characters per segment.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' | '`' | '\u{b4}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => plain.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\u{2026}' => plain.push_str("..."),
            '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\t' => plain.push(' '),
            '\u{2022}' => plain.push('*'),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::sms::{Encoding, segments};

    #[test]
    fn a_status_only_moves_forward() {
        use SmsStatus::{Delivered, Failed, Queued, Received, Sending, Sent, Undelivered};
        let allowed: Vec<(SmsStatus, SmsStatus)> = SmsStatus::iter()
            .flat_map(|from| SmsStatus::iter().map(move |to| (from, to)))
            .filter(|(from, to)| can_become(*from, *to))
            .collect();
        assert_eq!(
            allowed,
            [
                (Queued, Sending),
                (Queued, Sent),
                (Queued, Delivered),
                (Queued, Undelivered),
                (Queued, Failed),
                (Sending, Sent),
                (Sending, Delivered),
                (Sending, Undelivered),
                (Sending, Failed),
                (Sent, Delivered),
                (Sent, Undelivered),
                (Sent, Failed),
            ]
        );
        assert_eq!(before(Sent), [Queued, Sending]);
        assert!(before(Received).is_empty());
    }

    #[test]
    fn every_word_of_the_carrier_for_an_outgoing_message_is_known() {
        for (word, status) in [
            ("accepted", SmsStatus::Sent),
            ("queued", SmsStatus::Sent),
            ("delivered", SmsStatus::Delivered),
            ("undelivered", SmsStatus::Undelivered),
            ("failed", SmsStatus::Failed),
        ] {
            assert_eq!(status_of(word), Some(status));
        }
        for word in ["received", "receiving", "", "DELIVERED", "something new"] {
            assert_eq!(status_of(word), None, "{word}");
        }
    }

    #[test]
    fn typographic_signs_do_not_make_a_message_dearer() {
        let text = plain("\u{201c}She\u{2019}s here\u{201d}\u{a0}\u{2013} come soon\u{2026}");
        assert_eq!(text, "\"She's here\" - come soon...");
        assert_eq!(segments(&text).encoding, Encoding::Gsm7);
    }
}
