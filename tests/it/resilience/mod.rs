//! What happens when things break: real processes that are killed, started together, set up wrongly; jobs whose worker
//! vanished; a database or a Redis that is away; a storm of all of it while people write to each other.

mod clocks;
mod command_line;
mod connections;
mod cut_writes;
mod database_away;
mod ends_in_order;
mod file_permissions;
mod full_disk;
mod gauges;
mod job_left_behind;
mod killed;
mod killed_claims;
mod killed_imports;
mod missed_bells;
mod node;
mod nodes_agree;
mod one_server;
mod redis_away;
mod restored;
mod secrets;
mod settings;
mod slow_reader;
mod small_disk;
mod started_together;
mod storm;
mod whole_events;

pub use node::{Installation, Node, free_address, sweetie};
