//! Text messages in the schema.

mod account;
mod message;
mod mutation;

pub use account::SmsAccount;
pub use message::SmsMessage;
pub use mutation::SmsMutation;
