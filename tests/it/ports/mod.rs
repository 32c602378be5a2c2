//! The adapters against the real things.

mod redis;
mod smtp;
mod twilio;
