//! The adapters against the real things.

mod nominatim;
mod redis;
mod smtp;
mod twilio;
