//! Table `connectors`.

use sea_orm::entity::prelude::*;

pub use crate::vocabulary::ConnectorKind;
use crate::{
    Timestamp,
    id::{ConnectorId, ImportId, ShelterId},
};

/// Shelters' own systems, whose animals are fetched and imported on a schedule.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "connectors")]
pub struct Model {
    /// UUIDv7; `ctr_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConnectorId,
    /// The shelter whose animals they are.
    pub shelter_id: ShelterId,
    /// Which software it is.
    pub kind: ConnectorKind,
    /// What the shelter calls it.
    pub name: String,
    /// Where the software is; null for the usual address of its kind.
    #[sea_orm(column_type = "Text")]
    pub address: Option<String>,
    /// The account there, if the kind needs one.
    #[sea_orm(column_type = "Text")]
    pub account: Option<String>,
    /// The key or password of the shelter there, encrypted.
    #[sea_orm(column_type = "Text")]
    pub sealed_secret: String,
    /// The key by which the server there is recognized, if the kind needs one.
    #[sea_orm(column_type = "Text")]
    pub host_key: Option<String>,
    /// Hours from one run to the next.
    pub interval_hours: i32,
    /// Who made it: a member or a key.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when nothing is fetched; null while it is on.
    pub disabled_at: Option<Timestamp>,
    /// Why it is off, in words for the shelter; null while it is on.
    #[sea_orm(column_type = "Text")]
    pub disabled_reason: Option<String>,
    /// When it runs next, if it is on.
    pub next_run_at: Timestamp,
    /// Number of runs so far, which is the number of the last one.
    pub runs: i32,
    /// When the last run began.
    pub last_run_at: Option<Timestamp>,
    /// When a run last ended well.
    pub last_success_at: Option<Timestamp>,
    /// What was wrong with the last run; null if nothing was.
    #[sea_orm(column_type = "Text")]
    pub last_error: Option<String>,
    /// The last import that it made.
    pub last_import_id: Option<ImportId>,
    /// Runs that have failed since the last one that did not.
    pub failures: i32,
    /// Since when every run has failed; null after a success.
    pub failing_since: Option<Timestamp>,
    /// Time of the newest change that is known to be imported; null to fetch everything.
    pub watermark: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
