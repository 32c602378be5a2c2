//! The adapters against the real things.

mod presence;
mod redis;
mod smtp;
mod twilio;
