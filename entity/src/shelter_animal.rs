//! Table `shelter_animals`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ColorSet, Timestamp,
    id::{ImportId, ShelterAnimalId, ShelterId},
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetSize, Sex, Species},
};

/// Animals as a shelter knows them, private to it: who each of them is, whatever became of it. What the world sees of one
/// is a report in `pets`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "shelter_animals")]
pub struct Model {
    /// UUIDv7; `ani_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShelterAnimalId,
    /// The shelter that knows it.
    pub shelter_id: ShelterId,
    /// The system that gave it its `external_id`; empty if it has none or nobody knows.
    pub source: String,
    /// The shelter's own id for it, unique within its source; null unless it has one.
    pub external_id: Option<String>,
    /// As in `pets`.
    pub species: Species,
    /// As in `pets`.
    pub name: Option<String>,
    /// As in `pets`; public once the animal is.
    #[sea_orm(column_type = "Text")]
    pub description: Option<String>,
    /// As in `pets`.
    pub breed_primary: Option<String>,
    /// As in `pets`.
    pub breed_secondary: Option<String>,
    /// As in `pets`.
    pub breed_mixed: bool,
    /// As in `pets`.
    pub breed_raw: Option<String>,
    /// As in `pets`.
    pub sex: Sex,
    /// As in `pets`.
    pub altered: Altered,
    /// As in `pets`.
    pub size: PetSize,
    /// As in `pets`, on the day on which it was last described.
    pub age_group: AgeGroup,
    /// Midnight of the day of birth; null if it is not known.
    pub birth_date: Option<Timestamp>,
    /// As in `pets`.
    pub coat: CoatLength,
    /// As in `pets`.
    pub colors: ColorSet,
    /// As in `pets`.
    pub color_raw: Option<String>,
    /// As in `pets`.
    pub pattern: CoatPattern,
    /// As in `pets`.
    #[sea_orm(column_type = "Text")]
    pub markings: Option<String>,
    /// As in `pets`.
    #[sea_orm(column_type = "Text")]
    pub collar: Option<String>,
    /// As in `pets`.
    pub weight_grams: Option<i32>,
    /// As in `pets`.
    pub microchipped: Option<bool>,
    /// As in `pets`; secret.
    pub microchip: Option<String>,
    /// As in `pets`; secret.
    pub second_microchip: Option<String>,
    /// As in `pets`; secret.
    pub microchip_raw: Option<String>,
    /// Description and marks as in the shelter's file; null unless something was masked in them. Secret.
    #[sea_orm(column_type = "Text")]
    pub original_text: Option<String>,
    /// Fingerprint of the row that last described it, to skip unchanged rows; null once a snapshot no longer lists it.
    pub import_hash: Option<i64>,
    /// The last import that listed it.
    pub import_id: Option<ImportId>,
    /// When the shelter first told of it.
    pub created_at: Timestamp,
    /// When what is known of it last changed.
    pub updated_at: Timestamp,
    /// Increases by one with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
