//! Text messages in the schema.

mod account;
mod message;
mod mutation;
mod viewer;

pub use account::SmsAccount;
pub use message::SmsMessage;
pub use mutation::SmsMutation;
pub use viewer::SmsViewer;
