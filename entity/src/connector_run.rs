//! Table `connector_runs`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConnectorId, ConnectorRunId, ImportId},
    vocabulary::ConnectorRunState,
};

/// What connectors did. At most one run of a connector is under way, and each makes at most one import.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "connector_runs")]
pub struct Model {
    /// UUIDv7; `cnr_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConnectorRunId,
    /// The connector.
    pub connector_id: ConnectorId,
    /// Counts the runs of the connector, from 1.
    pub number: i32,
    /// How far it has come.
    pub state: ConnectorRunState,
    /// How often fetching was begun; more than once only if a process died meanwhile.
    pub attempts: i32,
    /// Until when nobody else begins to fetch; null until somebody has.
    pub leased_until: Option<Timestamp>,
    /// The connector's watermark when the run began.
    pub since: Option<Timestamp>,
    /// Time of the newest change that was fetched, if the other side says so.
    pub newest: Option<Timestamp>,
    /// Number of animals that were fetched; null until then.
    pub records: Option<i32>,
    /// What was wrong; null if nothing was.
    #[sea_orm(column_type = "Text")]
    pub error: Option<String>,
    /// The import that was made of it.
    pub import_id: Option<ImportId>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it was over; null until then.
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
