//! Changes of what a shelter says of itself.

use std::collections::HashSet;

use entity::{
    shelter,
    vocabulary::{ShelterType, Species},
};
use sea_orm::{
    ActiveValue::{self, Set},
    Iterable, Value,
};
use serde::Serialize;

use super::{
    given_hours::{GivenException, GivenSpan, exceptions, weekly},
    stored::SpeciesCapacity,
};
use crate::{
    deps::Deps,
    domain::{
        pets::{self, LocationInput},
        shelters::{model, settings::Settings},
    },
    kernel::{AtField, Error, FieldCode, FieldError, Result, text},
};

/// Maximum length of a description in characters.
const DESCRIPTION: usize = 2_000;
/// Maximum length of how to visit it in characters.
const HOW_TO_VISIT: usize = 1_000;
/// Maximum length of an address in characters, as in a location.
const ADDRESS: usize = 300;

/// The changes; `None` keeps the present value, and an inner `None` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProfileChange {
    /// Public name, 1 to 120 characters.
    pub name: Option<String>,
    /// Type of organisation.
    pub kind: Option<ShelterType>,
    /// Its location; public.
    pub location: Option<LocationInput>,
    /// Its address as it is shown, at most 300 characters, if it differs from the words of the location.
    pub address: Option<Option<String>>,
    /// Public phone number, in any common notation.
    pub phone: Option<Option<String>>,
    /// Public e-mail address.
    pub email: Option<Option<String>>,
    /// Public URL.
    pub website: Option<Option<String>>,
    /// Number of animals that it can house, 0 to 100,000.
    pub capacity: Option<Option<i32>>,
    /// The same by species, each at most once.
    pub capacity_by_species: Option<Option<Vec<(Species, i32)>>>,
    /// What it says of itself, at most 2,000 characters.
    pub description: Option<Option<String>>,
    /// How to visit it, at most 1,000 characters.
    pub how_to_visit: Option<Option<String>>,
    /// The hours of each week.
    pub hours: Option<Option<Vec<GivenSpan>>>,
    /// The days that differ.
    pub hours_exceptions: Option<Option<Vec<GivenException>>>,
}

impl ProfileChange {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets the columns that change. What is wrong is added to the faults.
    pub(in crate::domain::shelters) fn set_columns(
        self,
        deps: &Deps,
        row: &mut shelter::ActiveModel,
        faults: &mut Vec<FieldError>,
    ) -> Result<()> {
        let Self {
            name,
            kind,
            location,
            address,
            phone,
            email,
            website,
            capacity,
            capacity_by_species,
            description,
            how_to_visit,
            hours,
            hours_exceptions,
        } = self;
        if let Some(name) = name {
            set(&mut row.name, text::line("name", &name, model::NAME), faults);
        }
        if let Some(kind) = kind {
            row.kind = Set(kind);
        }
        if let Some(location) = location {
            relocate(deps, row, location, faults)?;
        }
        let home = deps.settings::<Settings>().country;
        let line = |raw: String| text::line("address", &raw, ADDRESS);
        change(&mut row.address, address, line, faults);
        change(&mut row.phone, phone, |raw| model::phone(&raw, home), faults);
        change(&mut row.email, email, |raw| text::email("email", &raw), faults);
        change(&mut row.website, website, |raw| text::url("website", &raw), faults);
        if let Some(capacity) = capacity {
            set(&mut row.capacity, model::capacity(capacity), faults);
        }
        let prose = |field, most| move |raw: Option<String>| text::optional_prose(field, raw.as_deref(), most);
        if let Some(description) = description.map(prose("description", DESCRIPTION)) {
            set(&mut row.description, description, faults);
        }
        if let Some(how_to_visit) = how_to_visit.map(prose("howToVisit", HOW_TO_VISIT)) {
            set(&mut row.how_to_visit, how_to_visit, faults);
        }
        if let Some(given) = capacity_by_species {
            row.capacity_by_species = stored(given.map(|given| capacities(given, faults)))?;
        }
        if let Some(given) = hours {
            row.hours = stored(given.map(|given| weekly(given, faults)))?;
        }
        if let Some(given) = hours_exceptions {
            let now = deps.clock.now();
            row.hours_exceptions = stored(given.map(|given| exceptions(given, now, faults)))?;
        }
        Ok(())
    }
}

/// What the change of a shelter is to those who trust it.
pub(in crate::domain::shelters) struct WhatChanged {
    /// It has another name than the one that was verified.
    pub renamed: bool,
    /// It is of another type, or stands elsewhere.
    pub moved: bool,
}

/// Compares a change with the shelter as it was. Letters that only change their case are no other name.
pub(in crate::domain::shelters) fn what_changed(row: &shelter::ActiveModel, before: &shelter::Model) -> WhatChanged {
    let renamed = given(&row.name).is_some_and(|name| name.to_lowercase() != before.name.to_lowercase());
    let is_of_another_type = given(&row.kind).is_some_and(|kind| *kind != before.kind);
    let point = given(&row.latitude).zip(given(&row.longitude));
    let is_elsewhere = point.is_some_and(|point| point != (&before.latitude, &before.longitude));
    let is_at_another_address = given(&row.address).is_some_and(|address| *address != before.address);
    WhatChanged {
        renamed,
        moved: is_of_another_type || is_elsewhere || is_at_another_address,
    }
}

/// Sets what follows from a change: the words that the shelter is found by.
pub(in crate::domain::shelters) fn follow(row: &mut shelter::ActiveModel, before: &shelter::Model) {
    let name = given(&row.name).unwrap_or(&before.name);
    let label = given(&row.place_label).unwrap_or(&before.place_label);
    row.search_text = Set(model::search_text(name, label));
}

/// Sets the columns of a place that is found.
fn relocate(
    deps: &Deps,
    row: &mut shelter::ActiveModel,
    location: LocationInput,
    faults: &mut Vec<FieldError>,
) -> Result<()> {
    let found = pets::locate(deps, location).at("location");
    let place = match found {
        Ok(place) => place,
        Err(Error::Invalid(wrong)) => {
            faults.extend(wrong);
            return Ok(());
        }
        Err(other) => return Err(other),
    };
    let Some(point) = place.point else {
        faults.push(model::unknown_place());
        return Ok(());
    };
    row.latitude = Set(Some(point.latitude));
    row.longitude = Set(Some(point.longitude));
    row.precision = Set(Some(place.precision));
    row.place_label = Set(place.label);
    row.address = Set(place.address);
    row.city = Set(place.city);
    row.region = Set(place.region);
    row.postal_code = Set(place.postal_code);
    row.country = Set(place.country);
    Ok(())
}

/// The capacity of each species, named at most once.
fn capacities(listed: Vec<(Species, i32)>, faults: &mut Vec<FieldError>) -> Vec<SpeciesCapacity> {
    let (all, most) = (listed.len(), Species::iter().count());
    if most < all {
        let message = format!("capacityBySpecies has {all} entries; there are {most} species: name each once");
        faults.push(FieldError::new("capacityBySpecies", FieldCode::TooMany, message));
        return Vec::new();
    }
    let mut named = HashSet::new();
    let mut kept = Vec::with_capacity(listed.len());
    for (place, (species, capacity)) in listed.into_iter().enumerate() {
        let mut fault = |field: &str, code, message: &str| {
            faults.push(FieldError {
                path: vec!["capacityBySpecies".to_owned(), place.to_string(), field.to_owned()],
                code,
                message: message.to_owned(),
            });
        };
        if !named.insert(species) {
            fault(
                "species",
                FieldCode::Conflict,
                "this species is named twice: leave one out",
            );
        } else if let Err(wrong) = model::capacity(Some(capacity)) {
            fault("capacity", wrong.code, &wrong.message);
        } else {
            kept.push(SpeciesCapacity { species, capacity });
        }
    }
    kept
}

/// A list as it is stored; an empty one says nothing.
fn stored<T: Serialize>(listed: Option<Vec<T>>) -> Result<ActiveValue<Option<String>>> {
    let said = listed.filter(|listed| !listed.is_empty());
    Ok(Set(said.map(|said| serde_json::to_string(&said)).transpose()?))
}

/// Sets an optional column, if something is given for it.
fn change<T>(
    column: &mut ActiveValue<Option<T>>,
    given: Option<Option<T>>,
    check: impl FnOnce(T) -> Result<T, FieldError>,
    faults: &mut Vec<FieldError>,
) where
    Option<T>: Into<Value>,
{
    if let Some(given) = given {
        set(column, given.map(check).transpose(), faults);
    }
}

fn set<T: Into<Value>>(column: &mut ActiveValue<T>, checked: Result<T, FieldError>, faults: &mut Vec<FieldError>) {
    match checked {
        Ok(value) => *column = Set(value),
        Err(fault) => faults.push(fault),
    }
}

/// The value that a column gets.
fn given<T: Into<Value>>(column: &ActiveValue<T>) -> Option<&T> {
    match column {
        Set(value) => Some(value),
        _ => None,
    }
}
