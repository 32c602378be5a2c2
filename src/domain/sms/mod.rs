//! Text messages: verifying a phone number, writing to the other side of a conversation, replies, credits.
//!
//! Promises: a phone number is shown to nobody but the member who verified it; nothing but its own code goes to a number
//! that was not verified, and nothing at all to one that said STOP, but answers to STOP, START and HELP; a machine is never
//! answered, and nobody twice a day in the same words; numbers are kept and compared in one form, however a carrier writes
//! them; what all send together is bounded, so that nobody earns by having texts sent; a message is never sent
//! twice: where nobody knows whether it left, it counts as failed and its credits come back. Credits are taken in the
//! transaction that queues the message, and the ledger says why each of them moved.

mod budget;
mod code;
mod credits;
mod deliver_sms;
mod lexicon;
mod model;
mod phone;
mod receive_sms;
mod record_status;
mod request_phone_verification;
mod send_sms;
mod settings;
mod store;
mod verify_phone;
mod word;

pub use credits::FREE_CREDITS;
pub use deliver_sms::deliver_sms;
pub use model::{Account, shown_to};
pub use receive_sms::{ReceivedSms, receive_sms};
pub use record_status::{StatusReport, record_status};
pub use request_phone_verification::{RequestPhoneVerification, request_phone_verification};
pub use send_sms::{SendSms, send_sms};
pub use settings::Settings;
pub use store::{account_of, count_messages, find, messages_of};
pub use verify_phone::{CONSENT, verify_phone};

use crate::deps::Limit;

/// What is counted about text messages.
pub const LIMITS: &[Limit] = &[
    request_phone_verification::CODES_OF_MEMBER,
    request_phone_verification::CODES_TO_NUMBER,
    request_phone_verification::CODES_TO_NUMBER_A_DAY,
    receive_sms::ANSWERS,
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
