//! Table `transfers`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{PetId, ShelterAnimalId, ShelterId, StayId, TransferId},
    vocabulary::TransferState,
};

/// Offers to hand an animal over to a shelter: by the shelter that has it, or by the member who found it. At most one of a
/// stay, and one of a report, is open.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "transfers")]
pub struct Model {
    /// UUIDv7; `trf_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TransferId,
    /// The stay in the offering shelter; null if a member offers.
    pub stay_id: Option<StayId>,
    /// The animal in the offering shelter's records; null if a member offers.
    pub animal_id: Option<ShelterAnimalId>,
    /// The report about the animal: the member's, or the one that the stay published when it was offered, if any.
    pub pet_id: Option<PetId>,
    /// The offering shelter; null if a member offers.
    pub from_shelter: Option<ShelterId>,
    /// The receiving shelter.
    pub to_shelter: ShelterId,
    /// What the offering side says, at most 1,000 characters.
    #[sea_orm(column_type = "Text")]
    pub note: Option<String>,
    /// Stage of the offer.
    pub state: TransferState,
    /// Global id of the member or API key that offered.
    pub offered_by: String,
    /// When it was offered.
    pub offered_at: Timestamp,
    /// Global id of the member or API key that answered or withdrew; "system" if the animal left meanwhile.
    pub answered_by: Option<String>,
    /// When it was answered or withdrawn.
    pub answered_at: Option<Timestamp>,
    /// Why it was answered so, at most 300 characters.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    /// The animal in the receiving shelter's records; null until it is accepted.
    pub new_animal_id: Option<ShelterAnimalId>,
}

impl ActiveModelBehavior for ActiveModel {}
