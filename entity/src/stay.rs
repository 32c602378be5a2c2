//! Table `stays`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    id::{ImportId, PetId, ShelterAnimalId, ShelterId, StayId},
    vocabulary::{IntakeKind, NoticeMethod, StayOutcome, StayStage},
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
    /// Since when a chip, a tag or the owner of the animal is known; null if none is.
    pub identified_at: Option<Timestamp>,
    /// When the owner was told.
    pub owner_notified_at: Option<Timestamp>,
    /// When a notice to the owner or to the public was given.
    pub notice_at: Option<Timestamp>,
    /// How that was done.
    pub notice_method: Option<NoticeMethod>,
    /// Until when the animal is kept for its owner, the earliest end if that is open; null if it is not kept.
    pub hold_until: Option<Timestamp>,
    /// Whether the end waits for an event, such as a notice to the owner.
    pub hold_open_ended: bool,
    /// Name of the rule that says so; null if it is the shelter's own default, or a decision of its staff.
    pub hold_rule: Option<String>,
    /// How the hold came about: a JSON list of steps.
    pub hold_trace: Option<String>,
    /// Until when only the owner may have the animal; null if no rule says.
    pub hold_owner_only_until: Option<Timestamp>,
    /// From when the animal may go to another organisation; null if no rule says.
    pub hold_rescue_at: Option<Timestamp>,
    /// Until when the animal is kept at least, whatever the rules say.
    pub hold_extended_until: Option<Timestamp>,
    /// Why that is so.
    pub hold_extension_reason: Option<String>,
    /// When the animal was released from the hold before its end.
    pub hold_released_at: Option<Timestamp>,
    /// Why it was.
    pub hold_release_reason: Option<String>,
    /// When the server first heard of the stay.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Number of its last event.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
