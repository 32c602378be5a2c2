//! Table `photo_fetches`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ImportId, PetId, PhotoId, ShelterId},
    vocabulary::PhotoFetchState,
};

/// Addresses in the files of shelters from which photos of reports are fetched.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_fetches")]
pub struct Model {
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// Order in the file, starting at 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The shelter, as that of the report.
    pub shelter_id: ShelterId,
    /// The last import that changed the addresses of the report.
    pub import_id: ImportId,
    /// The address.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// Where it stands.
    pub state: PhotoFetchState,
    /// The photo that was made of it. Until then, and if nothing can be fetched, that of the former address in this place.
    pub photo_id: Option<PhotoId>,
    /// SHA-256 of the picture behind the photo as it was sent, in hex; of a placeholder too.
    pub digest: Option<String>,
    /// Failed tries.
    pub tries: i32,
    /// When it is tried next; null unless it is waiting.
    pub next_try_at: Option<Timestamp>,
    /// Why the last try failed, or why there is no photo, for the shelter.
    #[sea_orm(column_type = "Text")]
    pub error: Option<String>,
    /// When the row last changed.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
