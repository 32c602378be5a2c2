//! Sending messages by SMS, and what became of them.

mod deliver_sms;
mod record_status;
mod send_sms;

pub use deliver_sms::deliver_sms;
pub use record_status::{StatusReport, record_status};
pub use send_sms::{SendSms, send_sms};

pub(super) use deliver_sms::opt_out;
