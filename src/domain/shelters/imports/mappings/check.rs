//! Checks what a shelter says of columns against the titles of a file.

use import_reader::{Column, Mapping, MappingFault};

use crate::kernel::{Error, FieldCode, FieldError, Result};

/// Maximum number of titles of a file that can be kept, and of columns in a mapping.
const MOST_TITLES: usize = 500;
/// Maximum length of a title in characters.
const LONGEST_TITLE: usize = 300;

/// Refuses a mapping that is too large, before its file is opened.
pub(super) fn check_size(mapping: &Mapping) -> Result<()> {
    let columns = mapping.columns();
    if MOST_TITLES < columns.len() {
        let message = format!(
            "columns has {} entries; at most {MOST_TITLES} are allowed",
            columns.len()
        );
        return Err(Error::field("columns", FieldCode::TooMany, message));
    }
    let long = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| LONGEST_TITLE < column.title.chars().count());
    settled(
        long.map(|(place, _)| at(place, "title", FieldCode::TooLong, too_long()))
            .collect(),
    )
}

/// Refuses a mapping that says something of titles that the file does not have, or something twice, or that would show
/// everybody what is private.
pub(super) fn check(mapping: &Mapping, titles: &[String]) -> Result<()> {
    let word = |place: usize| {
        let meaning = mapping.columns().get(place).and_then(|column| column.meaning);
        meaning.map_or("", Column::word)
    };
    let faults = mapping.faults(titles).into_iter().map(|(place, fault)| match fault {
        MappingFault::UnknownTitle => {
            let message = "no column of the file has this title: see the columns of previewImport".to_owned();
            at(place, "title", FieldCode::NotFound, message)
        }
        MappingFault::SaidTwice => {
            let message = "another entry has the same title: give each title once".to_owned();
            at(place, "title", FieldCode::Invalid, message)
        }
        MappingFault::Private => {
            let message = format!(
                "the title says that this column is private, and everybody would see it as the {} of an animal: give \
                 null, or rename the column in the file",
                word(place)
            );
            at(place, "meaning", FieldCode::NotAllowed, message)
        }
    });
    settled(faults.collect())
}

/// Refuses to keep titles that are none, too many or too long; `field` is where the request gives them.
pub(in crate::domain::shelters::imports) fn check_titles(field: &str, titles: &[String]) -> Result<()> {
    let fault = |code, message: String| Err(Error::field(field, code, message));
    match titles.len() {
        0 => fault(FieldCode::Required, "give all titles of the file".to_owned()),
        count if MOST_TITLES < count => fault(
            FieldCode::TooMany,
            format!("the file has {count} titles; at most {MOST_TITLES} can be kept"),
        ),
        _ if titles.iter().any(|title| LONGEST_TITLE < title.chars().count()) => fault(FieldCode::TooLong, too_long()),
        _ => Ok(()),
    }
}

fn too_long() -> String {
    format!("a title can have at most {LONGEST_TITLE} characters: shorten it in the file")
}

fn at(place: usize, field: &str, code: FieldCode, message: String) -> FieldError {
    FieldError {
        path: vec!["columns".to_owned(), place.to_string(), field.to_owned()],
        code,
        message,
    }
}

fn settled(faults: Vec<FieldError>) -> Result<()> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}
