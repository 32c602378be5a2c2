//! Table `pets`.

use sea_orm::entity::prelude::*;

use crate::{
    ColorSet, Timestamp,
    id::{ImportId, MemberId, PetId, ShelterId},
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PetVisibility, PlacePrecision, Sex,
        Species,
    },
};

/// One report of one animal at one moment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pets")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PetId,
    /// Kind.
    pub kind: PetKind,
    /// Status.
    pub status: PetStatus,
    /// Urgent.
    pub urgent: bool,
    /// Species.
    pub species: Species,
    /// Name.
    pub name: Option<String>,
    /// Contact details are masked before it is stored.
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    /// Breed primary.
    pub breed_primary: Option<String>,
    /// Breed secondary.
    pub breed_secondary: Option<String>,
    /// Breed mixed.
    pub breed_mixed: bool,
    /// As it was given, where that differs.
    pub breed_raw: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// Altered.
    pub altered: Altered,
    /// Size.
    pub size: PetSize,
    /// Age group; follows the day of birth where that is known.
    pub age_group: AgeGroup,
    /// Day of birth, as far as a shelter's file tells it.
    pub birth_date: Option<Timestamp>,
    /// When the age group is another one, by the day of birth.
    pub ages_at: Option<Timestamp>,
    /// Coat.
    pub coat: CoatLength,
    /// Set of base colours.
    pub colors: ColorSet,
    /// As it was given, where that differs.
    pub color_raw: Option<String>,
    /// Pattern.
    pub pattern: CoatPattern,
    /// Markings.
    #[sea_orm(column_type = "Text")]
    pub markings: Option<String>,
    /// Collar.
    #[sea_orm(column_type = "Text")]
    pub collar: Option<String>,
    /// Weight grams.
    pub weight_grams: Option<i32>,
    /// Whether it has a chip; null is not known.
    pub microchipped: Option<bool>,
    /// Normalised number; a secret.
    pub microchip: Option<String>,
    /// Number of a second chip; a secret.
    pub second_microchip: Option<String>,
    /// As it was given; a secret.
    pub microchip_raw: Option<String>,
    /// JSON list; a secret.
    #[sea_orm(column_type = "Text")]
    pub private_marks: String,
    /// Whole US dollars; only the reporter sees the amount.
    pub reward: Option<i32>,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// How exactly the place is known.
    pub precision: PlacePrecision,
    /// True point, degrees; a secret.
    pub latitude: Option<f64>,
    /// True point, degrees; a secret.
    pub longitude: Option<f64>,
    /// Masked point: the only one that public queries use.
    pub public_latitude: Option<f64>,
    /// Masked point.
    pub public_longitude: Option<f64>,
    /// Unit vector of the masked point, for distances on the sphere.
    pub public_x: Option<f64>,
    /// Public y.
    pub public_y: Option<f64>,
    /// Public z.
    pub public_z: Option<f64>,
    /// Web Mercator column of the masked point, 2^26 around the world.
    pub map_x: Option<i32>,
    /// Web Mercator row of the masked point.
    pub map_y: Option<i32>,
    /// True point from which the mask was drawn; a secret.
    pub anchor_latitude: Option<f64>,
    /// Anchor longitude.
    pub anchor_longitude: Option<f64>,
    /// True points from which earlier masks were drawn, on each line latitude and longitude; a secret.
    #[sea_orm(column_type = "Text")]
    pub past_anchors: Option<String>,
    /// Public words: town and region.
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
    /// Description and marks as a shelter's file has them, where something was taken out of them; a secret.
    #[sea_orm(column_type = "Text")]
    pub original_text: Option<String>,
    /// Null for imports: the shelter's staff answers for them.
    pub reporter_id: Option<MemberId>,
    /// In whose care.
    pub shelter_id: Option<ShelterId>,
    /// The shelter's own id.
    pub external_id: Option<String>,
    /// The shelter's own word.
    pub intake_type: Option<String>,
    /// Fingerprint of the imported row: equal means unchanged.
    pub import_hash: Option<i64>,
    /// The import that last touched it.
    pub import_id: Option<ImportId>,
    /// Lower-cased public words, for text search.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Who sees it.
    pub visibility: PetVisibility,
    /// When it came in.
    pub reported_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it stopped being open.
    pub closed_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
