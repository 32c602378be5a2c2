//! Table `import_mappings`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ImportMappingId, ShelterId},
};

/// What shelters say of the columns of their files; applied to every file with the same titles.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_mappings")]
pub struct Model {
    /// UUIDv7; `imm_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportMappingId,
    /// The shelter whose files they are.
    pub shelter_id: ShelterId,
    /// The same for all headers with the same titles, in whatever order: 32 hexadecimal digits.
    pub fingerprint: String,
    /// The titles of the file, as a JSON list of strings.
    #[sea_orm(column_type = "Text")]
    pub titles: String,
    /// Titles and what they mean, as a JSON list of objects.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    /// Global id of the member or API key that last saved it.
    pub created_by: String,
    /// When it was first saved.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
