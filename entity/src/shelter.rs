//! Table `shelters`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, ShelterId},
    vocabulary::{PlacePrecision, ShelterMatchAlerts, ShelterType},
};

/// Organisations that care for animals.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shelters")]
pub struct Model {
    /// UUIDv7; `she_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShelterId,
    /// Public name, at most 120 characters.
    pub name: String,
    /// Type of organisation, chosen at registration.
    pub kind: ShelterType,
    /// Whether an admin has verified it.
    pub verified: bool,
    /// Public point, degrees.
    pub latitude: Option<f64>,
    /// Public point, degrees.
    pub longitude: Option<f64>,
    /// Accuracy of the point; null for shelters registered before it was recorded.
    pub precision: Option<PlacePrecision>,
    /// Public description of the place.
    pub place_label: String,
    /// Street address; public.
    pub address: Option<String>,
    /// Town, for display and search.
    pub city: Option<String>,
    /// State or province, for display and search.
    pub region: Option<String>,
    /// Postal code; null if the place has none.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// IANA time zone; null to use the time zone of its location.
    pub time_zone: Option<String>,
    /// Public phone number, E.164.
    pub phone: Option<String>,
    /// Public e-mail address.
    pub email: Option<String>,
    /// Public URL.
    pub website: Option<String>,
    /// Number of animals that it can house; null if not stated.
    pub capacity: Option<i32>,
    /// JSON list of how many animals of a species it can house; null if not stated.
    #[sea_orm(column_type = "Text")]
    pub capacity_by_species: Option<String>,
    /// What it says of itself, at most 2,000 characters.
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    /// How to visit it, at most 1,000 characters.
    #[sea_orm(column_type = "Text")]
    pub how_to_visit: Option<String>,
    /// JSON list of the hours of each week, in minutes of local time; null if not stated.
    #[sea_orm(column_type = "Text")]
    pub hours: Option<String>,
    /// JSON list of the days that differ; null if none does.
    #[sea_orm(column_type = "Text")]
    pub hours_exceptions: Option<String>,
    /// The matches of its animals that its staff is alerted to.
    pub match_alerts: ShelterMatchAlerts,
    /// Its rules about stray holds: a JSON list as in the crate `stray-hold`; null if it has none.
    pub hold_rules: Option<String>,
    /// For how many calendar days it keeps a stray where no rule fits.
    pub hold_days: i32,
    /// Days on which it is closed besides weekends and holidays: a JSON list of dates; null if there are none.
    pub closed_days: Option<String>,
    /// Local time at which it closes, such as `18:30`; null if it did not say.
    pub closes_at: Option<String>,
    /// Lower-cased name and place, for text search.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// The member who registered it.
    pub created_by: MemberId,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
