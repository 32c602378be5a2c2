//! Text messages: verifying a phone number, writing to the other side of a conversation, replies, credits.
//!
//! A phone number is shown only to the member who verified it, and to the other side of an accepted claim. An unverified number gets nothing but its own code, and
//! a number that said STOP gets nothing but answers to STOP, START and HELP. Machines are never answered, and nobody
//! gets the same answer twice a day. Numbers are stored and compared in one form, however a carrier writes them. The
//! total of all messages is limited, so that nobody can earn by having them sent. No message is sent twice: if it is
//! unknown whether it was sent, it counts as failed and its credits are refunded. Credits are charged in the
//! transaction that queues the message, and the ledger records the reason for each change.

mod budget;
mod credits;
mod model;
mod phone;
mod receiving;
mod second_factor;
mod sending;
mod settings;
mod store;
mod verification;

pub use credits::FREE_CREDITS;
pub use model::{Account, shown_to};
pub use receiving::{ReceivedSms, receive_sms};
pub use second_factor::{enable_text_codes, queue_log_in_text};
pub use sending::{SendSms, StatusReport, deliver_sms, record_status, send_sms};
pub use settings::Settings;
pub use store::{account_of, count_messages, find, messages_of, verified_phone};
pub use verification::{CONSENT, RequestPhoneVerification, request_phone_verification, verify_phone};

use crate::deps::Limit;

/// Rate limits for text messages.
pub const LIMITS: &[Limit] = &[
    verification::CODES_OF_MEMBER,
    verification::CODES_TO_NUMBER,
    verification::CODES_TO_NUMBER_A_DAY,
    receiving::ANSWERS,
    budget::TO_BLOCK,
    budget::TO_BLOCK_A_DAY,
    budget::TO_AREA,
    budget::TO_AREA_A_DAY,
    budget::TO_ALL,
    budget::TO_ALL_A_DAY,
    budget::OF_NETWORK,
    budget::OF_NETWORK_A_DAY,
    budget::OF_SITE,
];
