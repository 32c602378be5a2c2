//! Hands an animal over: the former stay or report ends, and the receiving shelter's begins.

use entity::{
    id::{ShelterAnimalId, StayId},
    pet, shelter, shelter_animal, stay, transfer,
    vocabulary::{IntakeKind, PetKind, PetStatus, StayOutcome, StayStage},
};
use sea_orm::{EntityTrait, IntoActiveModel};

use crate::{
    deps::{Deps, Tx},
    domain::{
        custody::{self, Change, Intake, begun, is_over},
        pets::{self, is_live},
    },
    events::PetEvent,
    kernel::{Error, FieldCode, Result, Viewer},
};

/// What an offer is about.
pub(super) enum Subject {
    /// An animal in the care of the offering shelter.
    InCare(Box<(shelter_animal::Model, stay::Model)>),
    /// An animal that a member has found.
    Found(Box<pet::Model>),
}

impl Subject {
    /// Locks it until the transaction ends: the report, the animal, the stay. The offer itself is locked after it.
    pub(super) async fn lock(tx: &Tx, transfer: &transfer::Model) -> Result<Self> {
        match (transfer.stay_id, transfer.pet_id) {
            (Some(stay), _) => Ok(Self::InCare(Box::new(custody::stay_for_update(tx, stay).await?))),
            (None, Some(pet)) => {
                let pet = pets::find_for_update(tx, &Viewer::System, pet).await?;
                Ok(Self::Found(Box::new(pet)))
            }
            (None, None) => Err(Error::broken("a transfer names neither a stay nor a report")),
        }
    }

    /// Whether the offering side still has the animal.
    pub(super) fn is_there(&self) -> bool {
        match self {
            Self::InCare(kept) => !is_over(&kept.1),
            Self::Found(pet) => is_live(pet.status),
        }
    }

    /// Hands it over to a shelter, which gets an animal, a stay and a report that points to the former one. Photos stay
    /// with the former report, because a photo belongs to one report.
    pub(super) async fn hand_over(
        self,
        deps: &Deps,
        tx: &Tx,
        by: &str,
        to: &shelter::Model,
    ) -> Result<ShelterAnimalId> {
        let (now, at_shelter) = (tx.now(), custody::place_of(to));
        let keys = (ShelterAnimalId(deps.ids.uuid(now)), to.id);
        let (animal, report, kind) = match self {
            Self::InCare(kept) => {
                let (animal, stay) = *kept;
                let former = match stay.pet_id {
                    Some(id) => Some(pets::find(tx, &Viewer::System, id).await?),
                    None => None,
                };
                if let Some(message) = custody::refuse_held(&stay, StayOutcome::Transferred, now) {
                    return Err(Error::field("id", FieldCode::NotAllowed, message));
                }
                leave(tx, stay, by).await?;
                let animal = custody::animal_of_other_shelter(&animal, keys, now);
                let kind = (PetKind::Sheltered, now);
                let report = custody::new_report(deps, &animal, kind, (&at_shelter, former.as_ref()), now);
                (animal, report, IntakeKind::TransferIn)
            }
            Self::Found(pet) => {
                let animal = custody::animal_of_report(&pet, keys, now);
                let report = custody::report_of_brought(deps, &animal, (&pet, &at_shelter), now);
                pets::close(tx, *pet, PetStatus::Transferred).await?;
                (animal, report, IntakeKind::Stray)
            }
        };
        let rules = custody::hold_rules_of(tx, to.id).await?;
        shelter_animal::Entity::insert(animal.clone().into_active_model())
            .exec_without_returning(tx)
            .await?;
        let report = pet::Entity::insert(report).exec_with_returning(tx).await?;
        let intake = Intake {
            at: now,
            listed_at: None,
            kind,
            word: None,
            stage: StayStage::Intake,
            kennel: None,
            import_id: None,
        };
        let mut stay = begun(StayId(deps.ids.uuid(now)), keys, intake, now);
        stay.pet_id = Some(report.id);
        let mut change = Change::begin(stay, now, by);
        custody::begin_hold(&mut change, &animal, &rules)?;
        change.insert(tx).await?;
        tx.announce(PetEvent::PetReported { pet_id: report.id });
        Ok(keys.0)
    }
}

/// Ends the stay in the offering shelter, with its report.
async fn leave(tx: &Tx, stay: stay::Model, by: &str) -> Result<()> {
    let mut change = Change::of(stay, tx.now(), by);
    change.end(StayOutcome::Transferred, tx.now());
    let stay = change.save(tx).await?;
    custody::close_report(tx, &stay).await
}
