//! Terms for connectors.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The software of a shelter, and how its animals are fetched from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ConnectorKind {
    /// Shelterluv's API, version 1.
    #[sea_orm(string_value = "shelterluv")]
    Shelterluv,
    /// RescueGroups' API, version 5.
    #[sea_orm(string_value = "rescue_groups")]
    RescueGroups,
    /// The service API of Animal Shelter Manager 3.
    #[sea_orm(string_value = "asm3")]
    Asm3,
    /// A file at an address that begins with `https`.
    #[sea_orm(string_value = "csv_https")]
    CsvHttps,
    /// A file on an SFTP server.
    #[sea_orm(string_value = "csv_sftp")]
    CsvSftp,
}

/// How far a run of a connector has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ConnectorRunState {
    /// It waits for its turn.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// The animals are being fetched.
    #[sea_orm(string_value = "pulling")]
    Pulling,
    /// The animals are being imported.
    #[sea_orm(string_value = "importing")]
    Importing,
    /// The animals were imported.
    #[sea_orm(string_value = "done")]
    Done,
    /// There was nothing new.
    #[sea_orm(string_value = "unchanged")]
    Unchanged,
    /// The animals could not be fetched or imported.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Somebody stopped it, or took its import back.
    #[sea_orm(string_value = "canceled")]
    Canceled,
}
