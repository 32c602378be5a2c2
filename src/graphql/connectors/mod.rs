//! Connectors in the schema.

mod connector;
mod inputs;
mod loaders;
mod mutation;
mod run;

pub use connector::Connector;
pub use mutation::ConnectorMutation;
