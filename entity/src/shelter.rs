//! Table `shelters`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, ShelterId},
    vocabulary::{PlacePrecision, ShelterType},
};

/// Organisations that hold animals.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shelters")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShelterId,
    /// Public name.
    pub name: String,
    /// Kind of organisation.
    pub kind: ShelterType,
    /// Whether an admin has verified it.
    pub verified: bool,
    /// Public point, degrees.
    pub latitude: Option<f64>,
    /// Public point, degrees.
    pub longitude: Option<f64>,
    /// How exactly the point is known; null of shelters from before that was asked.
    pub precision: Option<PlacePrecision>,
    /// Public place in words.
    pub place_label: String,
    /// Street address; public.
    pub address: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Name of its time zone in the IANA database; null while that of its place counts.
    pub time_zone: Option<String>,
    /// Public phone, E.164.
    pub phone: Option<String>,
    /// Public address.
    pub email: Option<String>,
    /// Public site.
    pub website: Option<String>,
    /// How many animals it can hold.
    pub capacity: Option<i32>,
    /// Lower-cased name and place.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Who registered it.
    pub created_by: MemberId,
    /// When.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
