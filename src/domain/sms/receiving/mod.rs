//! Messages from phones, and the words that are commands.

mod lexicon;
mod receive_sms;
mod word;

pub use receive_sms::{ReceivedSms, receive_sms};

pub(super) use receive_sms::ANSWERS;
