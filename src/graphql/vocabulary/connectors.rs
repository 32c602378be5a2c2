//! Words for connectors.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// The software of a shelter, and how its animals are fetched from there.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ConnectorKind")]
pub enum ConnectorKind {
    /// Shelterluv, by its API, version 1.
    Shelterluv,
    /// RescueGroups.org, by its API, version 5.
    RescueGroups,
    /// Animal Shelter Manager 3, by its service API.
    #[graphql(name = "ASM3")]
    Asm3,
    /// A CSV file at an address that begins with `https`.
    CsvHttps,
    /// A CSV file on an SFTP server.
    CsvSftp,
}

/// Whether a connector runs by itself.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConnectorState {
    /// It runs on its schedule.
    Active,
    /// Nothing is fetched until updateConnector turns it on.
    Disabled,
}

/// How far a run of a connector has come, or how it ended.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ConnectorRunState")]
pub enum ConnectorRunOutcome {
    /// It waits for its turn.
    Queued,
    /// The animals are being fetched.
    Pulling,
    /// The animals are being imported.
    Importing,
    /// The animals were imported; the import says with what result.
    Done,
    /// There was nothing new.
    Unchanged,
    /// The animals could not be fetched or imported.
    Failed,
    /// Somebody stopped it, changed the settings, or took its import back.
    Canceled,
}
