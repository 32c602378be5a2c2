//! Table `import_warnings`.

use sea_orm::entity::prelude::*;

use crate::id::ImportId;

/// Values that an import left out or changed in rows that it accepted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_warnings")]
pub struct Model {
    /// The import whose file was read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    /// Order within the import, starting at 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Line of the file on which the record starts; the header is line 1.
    pub row: i32,
    /// Header of the column.
    pub column_name: String,
    /// Content of the cell, cut to 200 characters.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// Explanation for the shelter: the treatment of the value and the reason.
    pub message: String,
}

impl ActiveModelBehavior for ActiveModel {}
