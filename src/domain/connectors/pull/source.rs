//! What is pulled from where, and what comes of it.

use std::time::Duration;

use entity::{Timestamp, connector::ConnectorKind};

/// A system, and how the shelter gets at its animals there. Without `Debug`: it holds the secret.
pub(in crate::domain::connectors) struct Source {
    /// Which software it is.
    pub kind: ConnectorKind,
    /// Where it is.
    pub address: String,
    /// The account there, if the kind has one.
    pub account: Option<String>,
    /// The key or password there.
    pub secret: String,
    /// The key by which its server is recognized, if the kind has one.
    pub host_key: Option<String>,
}

/// What a pull brought.
pub(in crate::domain::connectors) struct Pulled {
    /// What `importPets` would be given as a file: JSON or CSV.
    pub data: Vec<u8>,
    /// Animals in it, or lines of a table below its first; with none, there is nothing to import.
    pub records: u32,
    /// When the newest of its animals was changed, as far as the other side says: where the next pull goes on. `None` if it
    /// says nothing, so that the former one stays.
    pub newest: Option<Timestamp>,
}

/// Why a pull brought nothing. The words are for the staff of the shelter.
#[derive(Debug)]
pub(in crate::domain::connectors) enum PullError {
    /// The other side or the settings say no: the staff has to mend it.
    Refused(String),
    /// It may go away by itself.
    Unavailable {
        /// What is wrong.
        reason: String,
        /// When the other side wants to be asked again.
        retry_after: Option<Duration>,
    },
}

impl PullError {
    pub(super) fn unavailable(reason: &str) -> Self {
        Self::Unavailable {
            reason: reason.to_owned(),
            retry_after: None,
        }
    }
}

/// Where the software is for everybody who has not installed it themselves.
pub(in crate::domain::connectors) fn default_address(kind: ConnectorKind) -> Option<&'static str> {
    match kind {
        ConnectorKind::Shelterluv => Some("https://new.shelterluv.com"),
        ConnectorKind::RescueGroups => Some("https://api.rescuegroups.org"),
        ConnectorKind::Asm3 => Some("https://service.sheltermanager.com/asmservice"),
        ConnectorKind::CsvHttps | ConnectorKind::CsvSftp => None,
    }
}
