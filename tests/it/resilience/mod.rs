//! What happens when things break: real processes that are killed, started together, set up wrongly; jobs whose worker
//! vanished; a database or a Redis that is away; a storm of all of it while people write to each other.

mod bells;
mod connections;
mod database_away;
mod ends_in_order;
mod gauges;
mod job_left_behind;
mod killed;
mod node;
mod nodes_agree;
mod redis_away;
mod restored;
mod settings;
mod slow_reader;
mod started_together;
mod storm;
mod whole_events;

pub use node::{Installation, Node, sweetie};
