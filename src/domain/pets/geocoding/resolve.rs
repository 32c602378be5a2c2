//! Looks up one place and stores the result.

use std::time::Duration;

use entity::{Timestamp, pet, sighting};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};

use super::{
    agenda::{note_pet, note_sighting},
    given_place::GivenPlace,
    need::{Found, Need},
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        pets::{
            live::is_live,
            place::{name_columns, place_columns, sighting_columns},
            search_text::search_text,
            store::find_for_update,
        },
        places::{self, LookUp, Names, Subject},
    },
    events::PetEvent,
    kernel::{Error, Result, Viewer},
    ports::geocoder::FoundPlace,
};

/// Progress of the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something was done; there may be more.
    Worked,
    /// No slot is free before that time.
    NotBefore(Timestamp),
    /// Nothing is due.
    Idle,
}

/// The result for one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The place is now known better.
    Resolved,
    /// The service knows nothing better.
    Unknown,
    /// There is nothing to ask: the subject is gone, closed or already known, or its place has changed.
    Settled,
    /// No slot is free before that time.
    NotBefore(Timestamp),
    /// The service failed.
    Failed,
}

/// A record, as it is stored.
enum Record {
    Pet(Box<pet::Model>),
    Sighting(Box<sighting::Model>),
}

/// Works on one place of the agenda. If several nodes do so at once, only one of them gets the place.
pub async fn resolve_next_place(deps: &Deps) -> Result<Step> {
    let Some((subject, row)) = places::due(deps).await? else {
        return Ok(Step::Idle);
    };
    if !places::lease(deps, &row).await? {
        return Ok(Step::Worked);
    }
    Ok(match resolve(deps, subject).await? {
        Outcome::NotBefore(then) => Step::NotBefore(then),
        _ => Step::Worked,
    })
}

/// Looks up the place of a subject, if there is something to ask and a slot is free.
pub(super) async fn resolve(deps: &Deps, subject: Subject) -> Result<Outcome> {
    let db = deps.db.read();
    let record = match subject {
        Subject::Pet(id) => pet::Entity::find_by_id(id).one(db).await?.map(Record::from),
        Subject::Sighting(id) => sighting::Entity::find_by_id(id).one(db).await?.map(Record::from),
    };
    let need = record.and_then(|record| record.need(deps));
    let Some(need) = need else {
        deps.write(async |tx| places::forget(tx, subject).await).await?;
        return Ok(Outcome::Settled);
    };
    match places::look_up(deps, &need.question(), Duration::ZERO).await? {
        LookUp::Answer(found) => {
            deps.write(async |tx| apply(deps, tx, subject, &need, &found).await)
                .await
        }
        LookUp::NotBefore(then) => {
            places::postpone(deps, subject, then).await?;
            Ok(Outcome::NotBefore(then))
        }
        LookUp::Failed(_) => {
            places::failed(deps, subject).await?;
            Ok(Outcome::Failed)
        }
    }
}

/// Stores the result, unless the place has changed in the meantime; then it is on the agenda again anyway.
async fn apply(deps: &Deps, tx: &Tx, subject: Subject, asked: &Need, places: &[FoundPlace]) -> Result<Outcome> {
    let Some(record) = Record::locked(tx, subject).await? else {
        return Ok(Outcome::Settled);
    };
    if record.need(deps).as_ref() != Some(asked) {
        return Ok(Outcome::Settled);
    }
    match (
        asked.found(deps.geocoder.as_ref(), &record.given_place(), places),
        record,
    ) {
        (None, _) => {
            places::give_up(tx, subject).await?;
            Ok(Outcome::Unknown)
        }
        (Some(found), Record::Pet(pet)) => change_pet(deps, tx, *pet, found).await,
        (Some(found), Record::Sighting(sighting)) => change_sighting(deps, tx, *sighting, found).await,
    }
}

async fn change_pet(deps: &Deps, tx: &Tx, before: pet::Model, found: Found) -> Result<Outcome> {
    let mut row = before.clone().into_active_model();
    match found {
        Found::Place(located) => place_columns(deps, tx, &mut row, &located, Some(&before)).await?,
        Found::Names(names) => name_columns(&mut row, &names),
    }
    row.search_text = Set(search_text(&row));
    row.version = Set(before.version + 1);
    row.updated_at = Set(tx.now());
    let pet = pet::Entity::update(row).exec(tx).await?;
    tx.announce(PetEvent::PetChanged { pet_id: pet.id });
    note_pet(deps, tx, &pet).await?;
    Ok(Outcome::Resolved)
}

async fn change_sighting(deps: &Deps, tx: &Tx, before: sighting::Model, found: Found) -> Result<Outcome> {
    let mut row = before.into_active_model();
    match found {
        Found::Place(located) => sighting_columns(deps, tx, &mut row, &located).await?,
        Found::Names(names) => sighting_names(&mut row, names),
    }
    let sighting = sighting::Entity::update(row).exec(tx).await?;
    note_sighting(deps, tx, &sighting).await?;
    Ok(Outcome::Resolved)
}

fn sighting_names(row: &mut sighting::ActiveModel, names: Names) {
    row.place_label = Set(names.label);
    row.city = Set(names.city);
    row.region = Set(names.region);
    row.postal_code = Set(names.postal_code);
    row.country = Set(names.country);
}

impl Record {
    async fn locked(tx: &Tx, subject: Subject) -> Result<Option<Self>> {
        match subject {
            Subject::Pet(id) => match find_for_update(tx, &Viewer::System, id).await {
                Ok(pet) => Ok(Some(pet.into())),
                Err(Error::NotFound(_)) => Ok(None),
                Err(error) => Err(error),
            },
            Subject::Sighting(id) => {
                let found = sighting::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
                Ok(found.map(Self::from))
            }
        }
    }

    fn given_place(&self) -> GivenPlace {
        match self {
            Self::Pet(pet) => GivenPlace::from(pet.as_ref()),
            Self::Sighting(sighting) => GivenPlace::from(sighting.as_ref()),
        }
    }

    /// The question for the service; none for a closed report.
    fn need(&self, deps: &Deps) -> Option<Need> {
        match self {
            Self::Pet(pet) if !is_live(pet.status) => None,
            record => Need::of(deps, &record.given_place()),
        }
    }
}

impl From<pet::Model> for Record {
    fn from(pet: pet::Model) -> Self {
        Self::Pet(Box::new(pet))
    }
}

impl From<sighting::Model> for Record {
    fn from(sighting: sighting::Model) -> Self {
        Self::Sighting(Box::new(sighting))
    }
}
