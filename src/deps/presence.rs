//! The signal that members may have come, gone, or changed who sees it.

use entity::id::MemberId;

use super::Deps;
use crate::{
    kernel::Result,
    ports::bus::{Bell, Signals},
};

/// The name under which the signals travel.
const TOPIC: &str = "presence";

/// Tells all nodes to look at those members.
pub fn ring_presence(deps: &Deps, members: &[MemberId]) -> Result<()> {
    deps.bus.ring(Bell::Signal {
        topic: TOPIC.to_owned(),
        body: serde_json::to_string(members)?,
    });
    Ok(())
}

/// The signals from now on.
pub fn hear_presence(deps: &Deps) -> PresenceSignals {
    PresenceSignals(deps.bus.listen_to(TOPIC))
}

/// Somebody who hears whom to look at.
pub struct PresenceSignals(Signals);

impl PresenceSignals {
    /// Waits for the next signal. One of a newer version that cannot be read names nobody.
    pub async fn next(&mut self) -> Vec<MemberId> {
        serde_json::from_str(&self.0.next().await).unwrap_or_default()
    }
}
