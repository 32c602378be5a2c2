//! What happens when things break: real processes that are killed, started together, set up wrongly; jobs whose worker
//! vanished; a database or a Redis that is away.

mod database_away;
mod ends_in_order;
mod gauges;
mod job_left_behind;
mod killed;
mod node;
mod nodes_agree;
mod redis_away;
mod settings;
mod started_together;

pub use node::sweetie;
