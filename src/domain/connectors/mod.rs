//! Connectors: the animals of a shelter are fetched from its own software on a schedule, and imported.

mod pull;
