//! Table `imports`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ImportId, ShelterId},
    vocabulary::{DateOrder, ImportMode, ImportState},
};

/// Bulk imports: one job each.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    /// Which shelter.
    pub shelter_id: ShelterId,
    /// Global id of the member or key.
    pub started_by: String,
    /// Where the file is kept.
    pub blob_key: String,
    /// Recognised format, or empty until the header was read.
    pub format: String,
    /// Mode.
    pub mode: ImportMode,
    /// Whether its dates have the day or the month first; null when the file shall tell.
    pub date_order: Option<DateOrder>,
    /// Checks only, writes no animal.
    pub dry_run: bool,
    /// State.
    pub state: ImportState,
    /// Rows in the file as far as known.
    pub total: i32,
    /// Rows that are done; also where a restarted job goes on.
    pub processed: i32,
    /// Created.
    pub created: i32,
    /// Updated.
    pub updated: i32,
    /// Unchanged.
    pub unchanged: i32,
    /// Failed.
    pub failed: i32,
    /// Rows that were read with warnings.
    pub warned: i32,
    /// Animals that a snapshot closed, or would close in a dry run.
    pub closed: i32,
    /// Titles of the columns that are not read: a JSON list of texts.
    #[sea_orm(column_type = "Text")]
    pub ignored_columns: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Finished at.
    pub finished_at: Option<Timestamp>,
    /// Grows with every change; the cursor of progress streams.
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
