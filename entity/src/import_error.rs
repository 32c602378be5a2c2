//! Table `import_errors`.

use sea_orm::entity::prelude::*;

use crate::id::ImportId;

/// Errors in single cells of an import file.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_errors")]
pub struct Model {
    /// The import whose file was read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    /// Order within the import, starting at 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Line of the file on which the record starts; the header is line 1. 0 if the error concerns the whole file.
    pub row: i32,
    /// Header of the column; null if the error concerns the whole row.
    pub column_name: Option<String>,
    /// Content of the cell, cut to 200 characters.
    #[sea_orm(column_type = "Text")]
    pub value: Option<String>,
    /// Explanation for the shelter: the error and its remedy.
    pub reason: String,
}

impl ActiveModelBehavior for ActiveModel {}
