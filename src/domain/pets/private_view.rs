//! Looks at what is private of somebody else's report, for the audit log.

use std::net::IpAddr;

use entity::id::PetId;

use crate::{
    deps::{Deps, HOUR, Limit},
    domain::accounts::audit,
    kernel::{Result, Viewer},
};

/// Audit log entries per viewer, report and part of it.
pub(super) const VIEWS: Limit = Limit::new("private-view", 1, "note", HOUR).of("of the same look");

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrivatePart {
    /// The true point and the address.
    ExactPlace,
    /// The microchip number.
    Microchip,
}

/// A look of somebody who is not the reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrivateView {
    /// At which report.
    pub pet_id: PetId,
    /// At what of it.
    pub part: PrivatePart,
    /// From where.
    pub address: IpAddr,
}

/// Writes looks to the audit log, each once an hour for a viewer, a report and a part of it.
pub async fn record_views(deps: &Deps, viewer: &Viewer, views: &[PrivateView]) -> Result<()> {
    let mut fresh = Vec::new();
    for view in views {
        let look = format!("{}:{}:{}", action(view.part), viewer.actor(), view.pet_id);
        if deps.hit(&VIEWS, look).await.is_ok() {
            fresh.push(*view);
        }
    }
    if fresh.is_empty() {
        return Ok(());
    }
    deps.write(async |tx| {
        for view in fresh {
            let (subject, address) = (view.pet_id.to_string(), view.address.to_string());
            audit(
                deps,
                tx,
                viewer.actor(),
                action(view.part),
                Some(subject),
                Some(address),
            )
            .await?;
        }
        Ok(())
    })
    .await
}

fn action(part: PrivatePart) -> &'static str {
    match part {
        PrivatePart::ExactPlace => "exact_place_viewed",
        PrivatePart::Microchip => "microchip_viewed",
    }
}
