//! Who asks for places, and how often they may.

use std::net::IpAddr;

use entity::id::MemberId;

use crate::{
    deps::{Deps, Limit, MINUTE, Whom},
    kernel::{Result, Viewer},
};

/// Most questions of one asker in a minute.
pub(super) const QUESTIONS: Limit = Limit::new("geocode", 30, "places", MINUTE);

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
        let whom: Whom = match self {
            Self::Visitor(address) => (*address).into(),
            Self::Account(account) => account.as_str().into(),
        };
        deps.limit(&QUESTIONS, whom).await
    }
}
