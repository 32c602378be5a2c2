//! The integration suite: one binary, run once on SQLite and once on PostgreSQL (`SWEETIE_TEST_DATABASE`).
//!
//! Every test starts a real server with a database of its own (`support::TestApp`) and speaks to it over HTTP and
//! WebSockets, as a client does.

mod access;
mod accounts;
mod architecture;
mod benchmarks;
mod chat;
mod claims;
mod clients;
mod concurrent_writes;
mod connectors;
mod custody;
mod demo;
mod door;
mod fuzz;
mod idempotency;
mod journeys;
mod limits;
mod matching;
mod pets;
mod photos;
mod places;
mod ports;
mod privacy;
mod resilience;
mod schema;
mod searches;
mod sharing;
mod shelters;
mod sms;
mod suite;
mod support;
mod transport;
mod webhooks;
mod work;
