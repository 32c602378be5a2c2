//! Who looks something up, and how often they may look up places.

use std::net::IpAddr;

use entity::id::MemberId;

use crate::{
    deps::{Deps, Limit, MINUTE, Whom},
    kernel::{Result, Viewer},
};

/// Maximum number of lookups per asker and minute.
pub(super) const QUESTIONS: Limit = Limit::new("geocode", 30, "places", MINUTE);
/// Maximum number of beginnings that are completed per asker and minute: five a second, faster than people type.
pub(super) const COMPLETIONS: Limit = Limit::new("geocode-beginning", 300, "beginnings of places", MINUTE);

/// The asker: an account wherever it is used, or a visitor by IP address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// A member or an API key.
    Account(String),
    /// A visitor at that address.
    Visitor(IpAddr),
}

impl Asker {
    /// The asker for a viewer whose request came from that address.
    pub fn of(viewer: &Viewer, address: IpAddr) -> Self {
        match viewer {
            Viewer::Visitor => Self::Visitor(address),
            known => Self::Account(known.actor()),
        }
    }

    /// The asker for a member.
    pub fn member(id: MemberId) -> Self {
        Self::Account(id.to_string())
    }

    /// Counts one question, or refuses it.
    pub async fn count(&self, deps: &Deps, limit: &Limit) -> Result<()> {
        let whom: Whom = match self {
            Self::Visitor(address) => (*address).into(),
            Self::Account(account) => account.as_str().into(),
        };
        deps.limit(limit, whom).await
    }
}
