//! The adapters against the real things.

mod nominatim;
mod presence;
mod redis;
mod redis_away;
mod smtp;
mod twilio;
