//! Table `import_changes`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ImportId, ShelterAnimalId},
};

/// What animals were before an import changed them, kept for as long as it can be taken back. Animals that the import made
/// have no row, unless it wrote them a second time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_changes")]
pub struct Model {
    /// The import that changed the animal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    /// The animal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub animal_id: ShelterAnimalId,
    /// The import that had listed it last; null if none had.
    pub former_import_id: Option<ImportId>,
    /// The animal with its stays and its latest report as they were, as JSON; null if the import itself made it. Secret.
    #[sea_orm(column_type = "Text")]
    pub before: Option<String>,
    /// The versions that the import left behind, as JSON, by which later changes show.
    #[sea_orm(column_type = "Text")]
    pub after: String,
    /// When the import last changed it.
    pub recorded_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
