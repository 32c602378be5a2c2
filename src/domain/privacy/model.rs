//! An archive and the link to it.

use std::time::Duration;

use entity::{Timestamp, data_export, id::DataExportId, vocabulary::DataExportState};

use crate::{
    deps::{DAY, Deps},
    kernel::secret::ticket::Ticket,
};

/// How long an archive can be fetched.
pub const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

const PURPOSE: &str = "data exports";

/// Key of the stored archive.
pub fn blob_key(id: DataExportId) -> String {
    format!("exports/{}.json", entity::id::encode(id.0))
}

/// How long an archive may be waited for: a job that has not made it by then was buried.
pub const WAITED_FOR: Duration = DAY;

/// Whether an archive is still being made.
pub fn is_waiting(export: &data_export::Model, now: Timestamp) -> bool {
    export.state == DataExportState::Queued && now < export.created_at.plus(WAITED_FOR)
}

/// Whether an archive can be fetched now.
pub fn is_downloadable(export: &data_export::Model, now: Timestamp) -> bool {
    export.state == DataExportState::Ready && export.expires_at.is_some_and(|end| now < end)
}

/// The address of an archive, as long as it can be fetched; whoever has it can fetch it.
pub fn download_url(deps: &Deps, export: &data_export::Model) -> Option<String> {
    let expires_at = export
        .expires_at
        .filter(|_| is_downloadable(export, deps.clock.now()))?;
    let ticket = Ticket::issue(&deps.secret, PURPOSE, &export.id.to_string(), expires_at);
    Some(format!("{}/exports/{}{}", deps.public_url, export.id, ticket.query()))
}

/// Whether we issued the ticket for fetching that archive, and it has not expired.
pub fn lets_in(deps: &Deps, ticket: &Ticket, id: DataExportId) -> bool {
    deps.clock.now() < ticket.expires_at && ticket.is_genuine(&deps.secret, PURPOSE, &id.to_string())
}
