//! The server as seen from the network: limits, codes, headers. What the guard refuses is listed in its own tests; here
//! stands one of each kind, to show that it is in front of the real schema.

mod connections;
mod cost;
mod history;
mod http;
mod limits;
mod merging;
mod metrics;
mod pages;
mod revocations;
mod sockets;
