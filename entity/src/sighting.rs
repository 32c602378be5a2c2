//! Table `sightings`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId, PhotoId, SightingId},
    vocabulary::PlacePrecision,
};

/// Somebody saw a lost pet.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sightings")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SightingId,
    /// Which pet.
    pub pet_id: PetId,
    /// Reporter id.
    pub reporter_id: Option<MemberId>,
    /// Seen at.
    pub seen_at: Timestamp,
    /// Precision.
    pub precision: PlacePrecision,
    /// True point; a secret.
    pub latitude: Option<f64>,
    /// Longitude.
    pub longitude: Option<f64>,
    /// Masked point.
    pub public_latitude: Option<f64>,
    /// Public longitude.
    pub public_longitude: Option<f64>,
    /// Public words.
    pub place_label: String,
    /// Town.
    pub city: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// As it was given; a secret.
    #[sea_orm(column_type = "Text")]
    pub address: Option<String>,
    /// Note.
    #[sea_orm(column_type = "Text")]
    pub note: Option<String>,
    /// Photo id.
    pub photo_id: Option<PhotoId>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
