//! Text messages in the schema.

mod account;
mod message;
mod mutation;
mod second_factor;
mod viewer;

pub use account::SmsAccount;
pub use message::SmsMessage;
pub use mutation::SmsMutation;
pub use second_factor::TextCodesMutation;
pub use viewer::SmsViewer;
