//! Connectors: the animals of a shelter are fetched from its own software on a schedule, and imported.
//!
//! A connector runs every few hours, on one node, one run at a time. A run is fetched with the shelter's own credentials,
//! which are kept encrypted and never shown, and makes at most one import, however often its process is killed; that
//! import is like any other of the shelter. What changed before the newest change that is known to be imported is not
//! fetched again. Runs that fail are tried again after growing pauses; a connector at which all have failed for three days
//! is turned off, and the ADMINs of its shelter are told. Animals that are no longer there stay as they are. Refused are
//! addresses within the server's own network, and another address without the secret.

mod create_connector;
mod delete_connector;
mod model;
mod pull;
mod reseal;
mod run_connector;
mod runs;
mod secret;
mod store;
mod update_connector;

pub use create_connector::{CreateConnector, create_connector};
pub use delete_connector::delete_connector;
pub use reseal::reseal;
pub use run_connector::{RunConnector, run_connector};
pub use runs::{
    TurnedOff, count_runs, forget_runs, is_pulled, perform_run, queue_due_runs, runs_of, send_turned_off_mail,
    settle_import, turned_off,
};
pub use store::{connectors_of, find};
pub use update_connector::{UpdateConnector, update_connector};

use crate::deps::Limit;

/// Rate limits for connectors.
pub const LIMITS: &[Limit] = &[runs::BY_HAND];
