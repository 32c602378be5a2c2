//! Records in the audit log who looked at private parts of somebody else's report.

use std::net::IpAddr;

use entity::id::PetId;

use crate::{
    deps::{DAY, Deps, Limit},
    domain::accounts::audit,
    kernel::{Result, Viewer},
};

/// Audit log entries per viewer, report and part of it.
pub(super) const VIEWS: Limit = Limit::new("private-view", 1, "note", DAY).of("of the same look");

/// The private part that was viewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrivatePart {
    /// The true point and the address.
    ExactPlace,
    /// The microchip number.
    Microchip,
    /// The marks that prove ownership.
    PrivateMarks,
    /// The phone number of its reporter, or of its shelter in a claim.
    Phone,
}

/// A view by somebody who is not the reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrivateView {
    /// The report.
    pub pet_id: PetId,
    /// The part of the report.
    pub part: PrivatePart,
    /// The viewer's IP address.
    pub address: IpAddr,
}

/// Writes views to the audit log, at most once per day for each viewer, report and part.
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
        PrivatePart::PrivateMarks => "private_marks_viewed",
        PrivatePart::Phone => "phone_viewed",
    }
}
