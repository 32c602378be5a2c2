//! Inputs about the animals of shelters.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::StayId;

use crate::{
    domain::custody::{ChangeStays, EndStays, Inventory, TakeIn},
    graphql::{
        error::input_id,
        idempotency::idempotency_key,
        scalars::DateTime,
        vocabulary::{IntakeKind, Species, StayOutcome, StayStage},
    },
    kernel::{Error, FieldCode, FieldError, Result},
};

/// Which animals of a shelter.
#[derive(InputObject, Default)]
pub struct ShelterAnimalFilter {
    /// Only those that are in its care now, or only the others.
    in_care: Option<bool>,
    /// Only those in one of these stages now.
    stages: Option<Vec<StayStage>>,
    /// Only these species.
    species: Option<Vec<Species>>,
    /// Only those whose name or own id contains these words, at most five.
    text: Option<String>,
}

impl From<ShelterAnimalFilter> for Inventory {
    fn from(filter: ShelterAnimalFilter) -> Self {
        Self {
            in_care: filter.in_care,
            stages: filter.stages.unwrap_or_default().into_iter().map(Into::into).collect(),
            species: filter.species.unwrap_or_default().into_iter().map(Into::into).collect(),
            text: filter.text,
        }
    }
}

/// A new stay of an animal that the shelter knows.
#[derive(InputObject)]
pub struct TakeInAnimalInput {
    /// Which animal, one that has left.
    animal_id: ID,
    /// When it was taken in, not before it left; now when left out.
    intake_at: Option<DateTime>,
    /// Why; read from intakeType when left out.
    intake_kind: Option<IntakeKind>,
    /// The shelter's own word for that, at most 100 characters.
    intake_type: Option<String>,
    /// What is done with it first.
    #[graphql(default_with = "Some(StayStage::Intake)")]
    stage: Option<StayStage>,
    /// Where it is kept, at most 100 characters.
    kennel: Option<String>,
    /// The same key with the same input within 24 hours gives the first stay.
    idempotency_key: Option<String>,
}

impl TakeInAnimalInput {
    pub(super) fn input(self) -> Result<TakeIn> {
        let idempotency_key = idempotency_key(self.idempotency_key.as_deref(), &self);
        Ok(TakeIn {
            animal_id: input_id("animalId", &self.animal_id)?,
            at: self.intake_at.map(|at| at.0),
            kind: self.intake_kind.map(Into::into),
            word: self.intake_type,
            stage: self.stage.unwrap_or(StayStage::Intake).into(),
            kennel: self.kennel,
            idempotency_key,
        })
    }
}

/// What is done with animals in care, and where they are kept.
#[derive(InputObject)]
pub struct ChangeStaysInput {
    /// Which stays, 1 to 100, none of which has ended.
    ids: Vec<ID>,
    /// What is done with the animals.
    stage: Option<StayStage>,
    /// The kennel, room or home in which they are kept, at most 100 characters; null empties it.
    kennel: MaybeUndefined<String>,
}

impl ChangeStaysInput {
    pub(super) fn input(self) -> Result<ChangeStays> {
        Ok(ChangeStays {
            ids: stay_ids(&self.ids)?,
            stage: self.stage.map(Into::into),
            kennel: match self.kennel {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(kennel) => Some(Some(kennel)),
            },
        })
    }
}

/// How stays ended.
#[derive(InputObject)]
pub struct EndStaysInput {
    /// Which stays, 1 to 100.
    ids: Vec<ID>,
    /// How they ended.
    outcome: StayOutcome,
    /// When, not before the intake; now when left out.
    outcome_at: Option<DateTime>,
}

impl EndStaysInput {
    pub(super) fn input(self) -> Result<EndStays> {
        Ok(EndStays {
            ids: stay_ids(&self.ids)?,
            outcome: self.outcome.into(),
            at: self.outcome_at.map(|at| at.0),
        })
    }
}

/// The ids, or a fault for each that is none.
fn stay_ids(ids: &[ID]) -> Result<Vec<StayId>> {
    let mut faults = Vec::new();
    let mut parsed = Vec::with_capacity(ids.len());
    for (place, id) in ids.iter().enumerate() {
        match id.parse() {
            Ok(id) => parsed.push(id),
            Err(_) => faults.push(FieldError {
                path: vec!["ids".to_owned(), place.to_string()],
                code: FieldCode::NotFound,
                message: "there is no such stay in a shelter that you work for".to_owned(),
            }),
        }
    }
    match faults.is_empty() {
        true => Ok(parsed),
        false => Err(Error::Invalid(faults)),
    }
}
