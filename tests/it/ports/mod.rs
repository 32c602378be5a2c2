//! The adapters against the real things.

mod nominatim;
mod presence;
mod redis;
mod smtp;
mod twilio;
