//! Requests to addresses that users name.

use crate::{
    config::Config,
    ports::outbound::{Outbound, OutboundSettings, Pace},
};

/// What makes them. Nothing is connected yet.
pub fn outbound(config: &Config) -> Outbound {
    Outbound::new(OutboundSettings {
        public_url: config.public_url.clone(),
        networks: config.outbound_networks.clone(),
        pace: Pace::default(),
    })
}
