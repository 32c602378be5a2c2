//! One pull, whatever the kind.

use std::time::Duration;

use entity::{Timestamp, connector::ConnectorKind};
use tokio::time::timeout;

use super::{
    asm3, csv_https, rescue_groups, sftp, shelterluv,
    source::{PullError, Pulled, Source},
};
use crate::ports::outbound::Outbound;

/// For a whole pull, with all its pages and the pauses between them: enough for 25,000 animals of Shelterluv. A job that
/// takes longer keeps others from running.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Fetches what has changed since then, as far as the other side can tell, or all that is there.
pub(in crate::domain::connectors) async fn pull(
    outbound: &Outbound,
    source: &Source,
    since: Option<Timestamp>,
    now: Timestamp,
) -> Result<Pulled, PullError> {
    let pulling = async {
        match source.kind {
            ConnectorKind::Shelterluv => shelterluv::pull(outbound, source, since).await,
            ConnectorKind::RescueGroups => rescue_groups::pull(outbound, source, since).await,
            ConnectorKind::Asm3 => asm3::pull(outbound, source, since).await,
            ConnectorKind::CsvHttps => csv_https::pull(outbound, source).await,
            ConnectorKind::CsvSftp => sftp::pull(outbound, source).await,
        }
    };
    let pulled = timeout(LONGEST, pulling).await.unwrap_or_else(|_| {
        let reason = "the animals could not be fetched within 10 minutes: it is tried again later";
        Err(PullError::unavailable(reason))
    })?;
    // Whoever claims to have changed something tomorrow would hide what is changed until then.
    let newest = pulled.newest.map(|newest| newest.min(now));
    Ok(Pulled {
        newest: newest.max(since.filter(|_| newest.is_some())),
        ..pulled
    })
}
