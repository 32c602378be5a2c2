//! The adapters against the real things.

mod bus;
mod limiter;
mod nominatim;
mod outbound;
mod presence;
mod redis;
mod redis_away;
mod redis_cluster;
mod smtp;
mod twilio;
