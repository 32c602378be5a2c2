//! Table `imports`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ImportId, ShelterAnimalId, ShelterId},
    vocabulary::{DateOrder, ImportMode, ImportState},
};

/// Bulk imports of a shelter's animals; each is one job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    /// UUIDv7; `imp_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    /// The shelter whose animals are imported.
    pub shelter_id: ShelterId,
    /// Global id of the member or API key that started it.
    pub started_by: String,
    /// Key of the file in the blob store.
    pub blob_key: String,
    /// Recognised file format; empty until the header has been read.
    pub format: String,
    /// Treatment of animals that the file does not list.
    pub mode: ImportMode,
    /// Whether the day or the month comes first in dates; null to detect it from the file.
    pub date_order: Option<DateOrder>,
    /// Whether the file is only checked and nothing is written.
    pub dry_run: bool,
    /// Only moves forward.
    pub state: ImportState,
    /// Rows in the file, as far as counted.
    pub total: i32,
    /// Rows already handled; a restarted job continues from here.
    pub processed: i32,
    /// Rows that added an animal.
    pub created: i32,
    /// Rows that changed an animal.
    pub updated: i32,
    /// Rows that matched the stored animal.
    pub unchanged: i32,
    /// Rows that told of a stay before another one of the file; they are among the unchanged ones.
    pub earlier_stays: i32,
    /// Rows that could not be imported; see `import_errors`.
    pub failed: i32,
    /// Rows imported with a warning; see `import_warnings`.
    pub warned: i32,
    /// Animals that a snapshot closed, or would close in a dry run.
    pub closed: i32,
    /// The most animals that a snapshot may close, according to whoever sent it; null if they said nothing.
    pub confirmed_removals: Option<i32>,
    /// Titles of the columns that were not read, as a JSON list of strings.
    #[sea_orm(column_type = "Text")]
    pub ignored_columns: String,
    /// What the shelter said of the columns, as a JSON list of objects; null if nothing.
    #[sea_orm(column_type = "Text")]
    pub columns: Option<String>,
    /// When the import was requested.
    pub created_at: Timestamp,
    /// When its first rows were applied; null until then.
    pub started_at: Option<Timestamp>,
    /// When it ended, in whatever state; null until then.
    pub finished_at: Option<Timestamp>,
    /// Animals that were taken back.
    pub undone: i32,
    /// Animals that were not taken back, because they had changed since.
    pub left_changed: i32,
    /// The last of the new animals that the undo has looked at.
    pub undo_after: Option<ShelterAnimalId>,
    /// Global id of the member or API key that had it taken back; null unless somebody did.
    pub undone_by: Option<String>,
    /// When all of it had been taken back; null until then.
    pub undone_at: Option<Timestamp>,
    /// Grows with every change; subscriptions to progress use it as their cursor.
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
