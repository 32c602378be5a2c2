//! Table `import_warnings`.

use sea_orm::entity::prelude::*;

use crate::id::ImportId;

/// What an import left out or changed of a row that it read.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_warnings")]
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
    pub column_name: String,
    /// The cell, cut to 200 characters.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// What became of it and why.
    pub message: String,
}

impl ActiveModelBehavior for ActiveModel {}
