//! What people say of an animal, and how it becomes columns.
//!
//! Every fault of an input is told at once. Private text is kept as it is; public text loses its contact details.

mod breed;
mod checks;
mod chip;
mod input;

use entity::{Timestamp, pet};
use sea_orm::ActiveValue::{self, Set};

pub use checks::{Faults, check_seen_at};
pub use input::{BreedWords, Change, Details};

use crate::{
    deps::{Deps, Tx},
    domain::pets::{
        place::{locate, place_columns},
        search_text::search_text,
    },
    kernel::{AtField, FieldCode, Result},
};

/// What was said besides that is not kept in the report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Number of contact details that were hidden in the text.
    pub contacts_hidden: usize,
    /// The shelter's term for the intake; `None` if nothing was said of it.
    pub intake_type: Option<Option<String>>,
    /// When it was seen or taken in, if that was not known or was another time before.
    pub seen_at: Option<Timestamp>,
}

/// Writes the details into a row; `previous` is the report before the change.
pub(super) async fn apply(
    deps: &Deps,
    tx: &Tx,
    row: &mut pet::ActiveModel,
    details: &Details,
    previous: Option<&pet::Model>,
) -> Result<Told> {
    let mut faults = Faults::default();
    words(row, details, &mut faults);
    let intake_type = intake_type(row, details, &mut faults);
    numbers(row, details, tx.now(), &mut faults);
    closed_sets(row, details, &mut faults);
    breed::apply(row, details, previous, &mut faults);
    chip::apply(row, &details.microchip, &mut faults);
    if let Some(location) = &details.location {
        match locate(deps, location.clone()).at("location") {
            Ok(located) => place_columns(deps, tx, row, &located, previous).await?,
            Err(error) => faults.take_error(error)?,
        }
    }
    let contacts_hidden = faults.finish()?;
    row.search_text = Set(search_text(row));
    Ok(Told {
        contacts_hidden,
        intake_type,
        seen_at: details
            .seen_at
            .filter(|at| previous.is_none_or(|before| before.seen_at != *at)),
    })
}

fn words(row: &mut pet::ActiveModel, details: &Details, faults: &mut Faults) {
    if let Some(name) = faults.public_line("name", &details.name, 60) {
        row.name = Set(name);
    }
    if let Some(description) = faults.public_prose("description", &details.description, 5_000) {
        row.description = Set(description);
    }
    if let Some(markings) = faults.public_prose("markings", &details.markings, 500) {
        row.markings = Set(markings);
    }
    if let Some(collar) = faults.public_prose("collar", &details.collar, 200) {
        row.collar = Set(collar);
    }
    if let Some(marks) = &details.private_marks
        && let Some(marks) = faults.private_marks(marks)
    {
        row.private_marks = Set(marks);
    }
}

/// Only the staff sees the intake type, so contact details in it are kept.
fn intake_type(row: &pet::ActiveModel, details: &Details, faults: &mut Faults) -> Option<Option<String>> {
    let intake_type = faults.private_line("intakeType", &details.intake_type, 100)?;
    let is_in_care = matches!(row.animal_id, Set(Some(_)) | ActiveValue::Unchanged(Some(_)));
    if intake_type.is_some() && !is_in_care {
        let message = "intakeType is for animals in a shelter's care: leave it out, or report the animal as SHELTERED with shelterId";
        faults.add("intakeType", FieldCode::NotAllowed, message);
    }
    Some(intake_type)
}

/// The marks of a report that only its owner knows.
pub fn private_marks(pet: &pet::Model) -> Result<Vec<String>> {
    Ok(serde_json::from_str(&pet.private_marks)?)
}

fn numbers(row: &mut pet::ActiveModel, details: &Details, now: Timestamp, faults: &mut Faults) {
    if let Some(weight) = faults.range("weightGrams", &details.weight_grams, 1..=2_000_000) {
        row.weight_grams = Set(weight);
    }
    if let Some(reward) = faults.range("reward", &details.reward, 0..=1_000_000) {
        row.reward = Set(reward);
    }
    if let Some(seen_at) = details.seen_at {
        faults.note(check_seen_at(seen_at, now));
        row.seen_at = Set(seen_at);
    }
}

fn closed_sets(row: &mut pet::ActiveModel, details: &Details, faults: &mut Faults) {
    if let Some(colors) = &details.colors {
        if 11 < colors.len() {
            faults.add(
                "colors",
                FieldCode::TooMany,
                "colors takes at most 11 values: name each once",
            );
        }
        row.colors = Set(colors.iter().copied().collect());
    }
    row.species = details.species.map_or(row.species.clone(), Set);
    row.sex = details.sex.map_or(row.sex.clone(), Set);
    row.altered = details.altered.map_or(row.altered.clone(), Set);
    row.size = details.size.map_or(row.size.clone(), Set);
    // Somebody who states a different age than the birth date implies knows better than the shelter's file.
    if let Some(age) = details.age_group
        && row.age_group.try_as_ref() != Some(&age)
    {
        (row.age_group, row.birth_date, row.ages_at) = (Set(age), Set(None), Set(None));
    }
    row.coat = details.coat.map_or(row.coat.clone(), Set);
    row.pattern = details.pattern.map_or(row.pattern.clone(), Set);
    row.urgent = details.urgent.map_or(row.urgent.clone(), Set);
}
