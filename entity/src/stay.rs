//! Table `stays`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    id::{ImportId, PetId, ShelterAnimalId, ShelterId, StayId},
    vocabulary::{IntakeKind, StayOutcome, StayStage},
};

/// Stays of animals in a shelter's care, from the intake to the outcome. At most one stay of an animal has not ended.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "stays")]
pub struct Model {
    /// UUIDv7; `sta_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StayId,
    /// The animal.
    pub animal_id: ShelterAnimalId,
    /// The shelter, as that of the animal.
    pub shelter_id: ShelterId,
    /// When the animal was taken in.
    pub intake_at: Timestamp,
    /// The time of intake by which the shelter's files know the stay; null if they know it by none.
    pub listed_intake_at: Option<Timestamp>,
    /// Why it was taken in.
    pub intake_kind: IntakeKind,
    /// The shelter's own word for that; null if it gave none.
    pub intake_type: Option<String>,
    /// What is done with the animal; once the stay has ended, what was done last.
    pub stage: StayStage,
    /// The kennel, room or home in which it is kept, in the shelter's words.
    pub kennel: Option<String>,
    /// How the stay ended; null until then.
    pub outcome: Option<StayOutcome>,
    /// When it ended; null until then.
    pub outcome_at: Option<Timestamp>,
    /// The report that it publishes; null if it publishes none.
    pub pet_id: Option<PetId>,
    /// The last import that told of the stay.
    pub import_id: Option<ImportId>,
    /// When the server first heard of the stay.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Number of its last event.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
