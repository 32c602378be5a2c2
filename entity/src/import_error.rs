//! Table `import_errors`.

use sea_orm::entity::prelude::*;

use crate::id::ImportId;

/// What is wrong with which cell of an import.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_errors")]
pub struct Model {
    /// Import id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    /// Order within the import, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Line of the record's start in the file, from 1, the header included.
    pub row: i32,
    /// Header of the cell.
    pub column_name: Option<String>,
    /// The cell, cut to 200 characters.
    #[sea_orm(column_type = "Text")]
    pub value: Option<String>,
    /// What is wrong and what to do.
    pub reason: String,
}

impl ActiveModelBehavior for ActiveModel {}
