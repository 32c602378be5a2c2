//! Who asks for places, and how often they may.

use std::{net::IpAddr, time::Duration};

use entity::id::MemberId;

use crate::{
    deps::Deps,
    kernel::{Error, Result, Viewer},
};

/// Most questions of one asker in a minute.
const PER_MINUTE: u32 = 30;
const MINUTE: Duration = Duration::from_secs(60);

/// Who asks: a member or key wherever they are, a visitor by the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// Somebody who said who they are.
    Account(String),
    /// A visitor from there.
    Visitor(IpAddr),
}

impl Asker {
    /// The viewer of a request from that address.
    pub fn of(viewer: &Viewer, address: IpAddr) -> Self {
        match viewer {
            Viewer::Visitor => Self::Visitor(address),
            known => Self::Account(known.actor()),
        }
    }

    /// That member.
    pub fn member(id: MemberId) -> Self {
        Self::Account(id.to_string())
    }

    /// Counts one question, or refuses it.
    pub(super) async fn count(&self, deps: &Deps) -> Result<()> {
        let hit = match self {
            Self::Visitor(address) => deps.hit_address("geocode", *address, PER_MINUTE, MINUTE).await,
            Self::Account(account) => {
                let key = format!("geocode:{account}");
                deps.limiter.hit(&key, PER_MINUTE, MINUTE, deps.clock.now()).await
            }
        };
        hit.map_err(|after| Error::RateLimited {
            what: format!("at most {PER_MINUTE} places a minute").into(),
            after,
        })
    }
}
