//! Table `sightings`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId, PhotoId, SightingId},
    vocabulary::PlacePrecision,
};

/// Sightings of lost pets.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sightings")]
pub struct Model {
    /// UUIDv7; `sig_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SightingId,
    /// The report of the lost pet.
    pub pet_id: PetId,
    /// The member who saw the pet.
    pub reporter_id: Option<MemberId>,
    /// When the pet was seen, according to the reporter.
    pub seen_at: Timestamp,
    /// Accuracy of the true point.
    pub precision: PlacePrecision,
    /// True point, degrees; secret.
    pub latitude: Option<f64>,
    /// True point, degrees; secret.
    pub longitude: Option<f64>,
    /// Masked point, degrees; used by public queries.
    pub public_latitude: Option<f64>,
    /// Masked point, degrees.
    pub public_longitude: Option<f64>,
    /// Town and region of the masked point, for display.
    pub place_label: String,
    /// Town of the masked point.
    pub city: Option<String>,
    /// State or province of the masked point.
    pub region: Option<String>,
    /// Postal code of the masked point.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Address as entered, at most 300 characters; secret.
    #[sea_orm(column_type = "Text")]
    pub address: Option<String>,
    /// The reporter's remarks, at most 500 characters; contact details are masked.
    #[sea_orm(column_type = "Text")]
    pub note: Option<String>,
    /// Photo of the pet on that occasion, if there is one.
    pub photo_id: Option<PhotoId>,
    /// When the sighting was reported.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
