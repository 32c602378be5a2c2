//! Who asks for places, and how often they may.

use std::{net::IpAddr, time::Duration};

use entity::id::MemberId;

use crate::{
    deps::Deps,
    kernel::{Error, Result, Viewer},
};

/// Most questions of one asker in a minute.
const PER_MINUTE: u32 = 30;

/// Who asks: a member or key wherever they are, a visitor by the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker(String);

impl Asker {
    /// The viewer of a request from that address.
    pub fn of(viewer: &Viewer, address: IpAddr) -> Self {
        Self(match viewer {
            Viewer::Visitor => address.to_string(),
            known => known.actor(),
        })
    }

    /// That member.
    pub fn member(id: MemberId) -> Self {
        Self(id.to_string())
    }

    /// Counts one question, or refuses it.
    pub(super) async fn count(&self, deps: &Deps) -> Result<()> {
        let key = format!("geocode:{}", self.0);
        let hit = deps
            .limiter
            .hit(&key, PER_MINUTE, Duration::from_secs(60), deps.clock.now());
        hit.await.map_err(|after| Error::RateLimited {
            what: format!("at most {PER_MINUTE} places a minute").into(),
            after,
        })
    }
}
