//! Support code for the integration tests.
//!
//! ```ignore
//! let app = TestApp::new().await;
//! let ann = app.member("ann").await;
//! let data = app.ok(&ann, "mutation($input: ReportPetInput!) { … }", json!({ "input": {} })).await;
//! let refused = app.run(&Visitor, QUERY, json!({})).await;
//! assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
//! app.run_work().await;
//! ```

mod actor;
mod answer;
mod app;
mod between;
mod database;
mod fault_proxy;
mod http;
mod mailbox;
mod map_service;
mod own_cluster;
mod own_redis;
mod phone;
mod report;
mod samples;
mod setup;
mod socket;
mod until;
mod work;

pub use actor::{Actor, Bearer, Caller, Visitor};
pub use answer::{Answer, codes, user_errors};
pub use app::{SECRET, TestApp};
pub use between::{Between, redis_cluster, redis_url};
pub use database::{FreshDatabase, Scratch, connect, variable};
pub use fault_proxy::FaultProxy;
pub use http::{answer, plain_client};
pub use mailbox::Mailbox;
pub use map_service::{MapService, Reply, found};
pub use own_cluster::OwnCluster;
pub use own_redis::OwnRedis;
pub use phone::Phone;
pub use report::open_report;
pub use samples::samples;
pub use setup::Setup;
pub use socket::{Socket, Stream};
pub use until::{LIMIT, until};
