//! Table `pets`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ColorSet, Timestamp,
    id::{MemberId, PetId, ShelterAnimalId, ShelterId},
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PetVisibility, PlacePrecision, Sex,
        Species,
    },
};

/// Reports: each is about one animal that was lost, found, seen or taken in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "pets")]
pub struct Model {
    /// UUIDv7; `pet_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PetId,
    /// Whether the animal is lost, found, seen or in a shelter's care.
    pub kind: PetKind,
    /// Stage of the report; once it is over, it cannot be reopened.
    pub status: PetStatus,
    /// Whether every hour counts, according to the reporter.
    pub urgent: bool,
    /// The reporter's choice, or read from a shelter's file.
    pub species: Species,
    /// At most 60 characters, contact details masked; null if unknown.
    pub name: Option<String>,
    /// At most 5,000 characters; contact details are masked before it is stored.
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    /// Name from the breed vocabulary; null if unknown.
    pub breed_primary: Option<String>,
    /// Name from the breed vocabulary; null unless there are two breeds.
    pub breed_secondary: Option<String>,
    /// Whether the animal is a mix; may be true without a known breed.
    pub breed_mixed: bool,
    /// The breed as entered; null if it equals the stored names.
    pub breed_raw: Option<String>,
    /// `unknown` if nobody said.
    pub sex: Sex,
    /// Whether the animal is spayed or neutered.
    pub altered: Altered,
    /// Estimated size.
    pub size: PetSize,
    /// Estimated age; computed from `birth_date` if that is set.
    pub age_group: AgeGroup,
    /// Day of birth from a shelter's file; null once somebody enters another age.
    pub birth_date: Option<Timestamp>,
    /// When `age_group` has to be moved on; null without a `birth_date`, and in the last age group.
    pub ages_at: Option<Timestamp>,
    /// `unknown` if nobody said.
    pub coat: CoatLength,
    /// Base colours; an empty set if unknown.
    pub colors: ColorSet,
    /// The colours as written in a shelter's file; null if it had none.
    pub color_raw: Option<String>,
    /// `unknown` if nobody said.
    pub pattern: CoatPattern,
    /// At most 500 characters; contact details are masked.
    #[sea_orm(column_type = "Text")]
    pub markings: Option<String>,
    /// Description of the collar, at most 200 characters; contact details are masked.
    #[sea_orm(column_type = "Text")]
    pub collar: Option<String>,
    /// Grams, 1 to 2,000,000.
    pub weight_grams: Option<i32>,
    /// Whether it has a chip; null if unknown.
    pub microchipped: Option<bool>,
    /// Normalised number; secret.
    pub microchip: Option<String>,
    /// Normalised number of a second chip; secret.
    pub second_microchip: Option<String>,
    /// The chip as entered; null if it equals the stored number. Secret.
    pub microchip_raw: Option<String>,
    /// JSON list of at most 3 marks of at most 200 characters that only the owner knows; secret.
    #[sea_orm(column_type = "Text")]
    pub private_marks: String,
    /// Whole US dollars, 0 to 1,000,000; only the reporter sees the amount.
    pub reward: Option<i32>,
    /// When it was last seen, found or taken in; not before 2000.
    pub seen_at: Timestamp,
    /// Accuracy of the true point.
    pub precision: PlacePrecision,
    /// True point, degrees; secret.
    pub latitude: Option<f64>,
    /// True point, degrees; secret.
    pub longitude: Option<f64>,
    /// Masked point, degrees: the only one that public queries use.
    pub public_latitude: Option<f64>,
    /// Masked point, degrees.
    pub public_longitude: Option<f64>,
    /// Unit vector of the masked point, for distances on a sphere.
    pub public_x: Option<f64>,
    /// Unit vector of the masked point.
    pub public_y: Option<f64>,
    /// Unit vector of the masked point.
    pub public_z: Option<f64>,
    /// Web Mercator column of the masked point; the world is 2^26 columns wide.
    pub map_x: Option<i32>,
    /// Web Mercator row of the masked point.
    pub map_y: Option<i32>,
    /// True point from which the mask was drawn; secret.
    pub anchor_latitude: Option<f64>,
    /// True point from which the mask was drawn; secret.
    pub anchor_longitude: Option<f64>,
    /// True points of earlier masks, one latitude and longitude per line; secret.
    #[sea_orm(column_type = "Text")]
    pub past_anchors: Option<String>,
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
    /// Null for imported animals, for which the shelter's staff is responsible.
    pub reporter_id: Option<MemberId>,
    /// The shelter that cares for the animal; null if none does.
    pub shelter_id: Option<ShelterId>,
    /// The animal of that shelter that it is about; null unless the shelter keeps a record of it.
    pub animal_id: Option<ShelterAnimalId>,
    /// The report of the animal's former stay, or of whom it was taken over from; null unless it came back or was handed over.
    pub former_pet_id: Option<PetId>,
    /// Lower-cased public words for text search; its layout is described in `search_text.rs`.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Who sees it.
    pub visibility: PetVisibility,
    /// When the report was made.
    pub reported_at: Timestamp,
    /// When the report last changed.
    pub updated_at: Timestamp,
    /// When the report ended, whatever the outcome; null until then.
    pub closed_at: Option<Timestamp>,
    /// Increases by one with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
