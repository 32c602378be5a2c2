//! Takes an animal in again that the shelter knows.

use entity::{
    Timestamp,
    id::{ShelterAnimalId, StayId},
    pet, shelter, stay,
    vocabulary::{IntakeKind, PetKind, PlacePrecision, StayOutcome, StayStage},
};
use geometry::Point;
use sea_orm::{EntityTrait, QueryOrder};

use super::{
    holds::{HoldRules, begin_hold},
    model::{Intake, begun, is_over, kind_of_word},
    publish::new_report,
    records::Change,
    store,
};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, is_repeat, once},
    domain::{
        pets::{self, Located},
        staff::Actor,
    },
    events::PetEvent,
    kernel::{AtField, Error, FieldCode, FieldError, Result, Viewer, text},
};

/// An intake of an animal that the shelter knows.
#[derive(Debug, Clone, PartialEq)]
pub struct TakeIn {
    /// The animal.
    pub animal_id: ShelterAnimalId,
    /// When; now if not given.
    pub at: Option<Timestamp>,
    /// Why; read from `word` if not given.
    pub kind: Option<IntakeKind>,
    /// The shelter's own word for that, at most 100 characters.
    pub word: Option<String>,
    /// What is done with the animal first.
    pub stage: StayStage,
    /// Where it is kept, at most 100 characters.
    pub kennel: Option<String>,
    /// A repeat with the same key and input within 24 hours returns the first stay.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Begins a new stay, which publishes a new report that points to the former one. For the staff of the shelter and its keys
/// with `pets:write`. Fails while the animal is in care. Its report counts like any other.
pub async fn take_in(deps: &Deps, viewer: &Viewer, input: TakeIn) -> Result<stay::Model> {
    viewer.refuse_visitor()?;
    let (word, kennel) = (
        text::optional_line("intakeType", input.word.as_deref(), 100),
        text::optional_line("kennel", input.kennel.as_deref(), 100),
    );
    let faults: Vec<FieldError> = [word.clone().err(), kennel.clone().err()]
        .into_iter()
        .flatten()
        .collect();
    let (Ok(word), Ok(kennel)) = (word, kennel) else {
        return Err(Error::Invalid(faults));
    };
    let key = input.idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "takeInAnimal", key).await? {
        pets::count_report(deps, &Actor::of(deps.db.read(), viewer).await?).await?;
    }
    deps.write(async |tx| {
        let reservation = match once(tx, viewer, "takeInAnimal", key).await? {
            Remembered::Done(id) => {
                let id = id.parse().map_err(Error::internal)?;
                return store::find_stay(tx, &Actor::of(tx, viewer).await?, id).await;
            }
            Remembered::New(reservation) => reservation,
        };
        let animal = store::animal_for_update(tx, input.animal_id).await.at("animalId")?;
        if !Actor::of(tx, viewer).await?.may_write_animals(animal.shelter_id) {
            return Err(Error::NotFound("animal")).at("animalId");
        }
        let stays = store::of_animal(animal.id)
            .order_by_desc(stay::Column::IntakeAt)
            .all(tx)
            .await?;
        let at = input.at.unwrap_or(tx.now());
        check_time(&stays, at, tx.now())?;
        let shelter = store::shelter_to_read(tx, animal.shelter_id).await?;
        let located = place_of(&shelter);
        let former = match stays.iter().find_map(|stay| stay.pet_id) {
            Some(id) => Some(pets::find(tx, &Viewer::System, id).await?),
            None => None,
        };
        let place = (&located, former.as_ref());
        let report = new_report(deps, &animal, (PetKind::Sheltered, at), place, tx.now());
        let report = pet::Entity::insert(report).exec_with_returning(tx).await?;
        let intake = Intake {
            at,
            listed_at: None,
            kind: input.kind.unwrap_or_else(|| kind_of_word(word.as_deref())),
            word: word.clone(),
            stage: input.stage,
            kennel: kennel.clone(),
            import_id: None,
        };
        let keys = (animal.id, animal.shelter_id);
        let mut stay = begun(StayId(deps.ids.uuid(tx.now())), keys, intake, tx.now());
        stay.pet_id = Some(report.id);
        let mut change = Change::begin(stay, tx.now(), &viewer.actor());
        begin_hold(&mut change, &animal, &HoldRules::of(&shelter)?)?;
        let stay = change.insert(tx).await?;
        reservation.fulfil(tx, stay.id).await?;
        tx.announce(PetEvent::PetReported { pet_id: report.id });
        Ok(stay)
    })
    .await
}

/// Refuses an intake while another stay lasts, before the last one ended, and in the future.
fn check_time(stays: &[stay::Model], at: Timestamp, now: Timestamp) -> Result<()> {
    if let Some(stay) = stays.iter().find(|stay| !is_over(stay)) {
        let message = format!("the animal is in care since {}: end that stay first", stay.intake_at);
        return Err(Error::field("animalId", FieldCode::Conflict, message));
    }
    if now < at {
        return Err(Error::field(
            "intakeAt",
            FieldCode::OutOfRange,
            "the intake is in the future",
        ));
    }
    let real = stays.iter().filter(|stay| stay.outcome != Some(StayOutcome::Undone));
    match real.filter_map(|stay| stay.outcome_at).max() {
        Some(left) if at < left => {
            let message = format!("the animal left on {left}: it cannot come back before that");
            Err(Error::field("intakeAt", FieldCode::OutOfRange, message))
        }
        _ => Ok(()),
    }
}

/// A shelter's own location, where an animal in its care is shown of which nothing better is known.
pub fn place_of(shelter: &shelter::Model) -> Located {
    let point = shelter.latitude.zip(shelter.longitude);
    Located {
        point: point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
        precision: PlacePrecision::Shelter,
        label: shelter.place_label.clone(),
        city: shelter.city.clone(),
        region: shelter.region.clone(),
        postal_code: shelter.postal_code.clone(),
        country: shelter.country.clone(),
        address: None,
    }
}
