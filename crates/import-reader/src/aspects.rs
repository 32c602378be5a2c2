//! Aspects of an animal that a record covers, and cells about them that are not understood.
//!
//! A column missing from a file, a key missing from an object, and words that are not understood say nothing: the
//! stored value stays. An empty cell says that there is no value.

use serde::Serialize;

use super::{
    RowWarning,
    columns::Header,
    formats::Column,
    memo::Memo,
    records::Record,
    text::{addresses, is_placeholder_picture, photo_url},
};
use entity::vocabulary::{Altered, Sex};
use pet_vocabulary::{
    Age, ChipReading, WeightUnit, fold, normalise_colors, parse_age, parse_altered, parse_coat, parse_microchip,
    parse_pattern, parse_sex, parse_size, parse_weight,
};

/// An aspect of an animal that a file may cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Aspect {
    /// Lost, found or sheltered.
    Kind,
    /// Name.
    Name,
    /// Both breeds, and whether it is a mix.
    Breed,
    /// Sex.
    Sex,
    /// Whether it is spayed or neutered.
    Altered,
    /// Size.
    Size,
    /// Age or day of birth.
    Age,
    /// Coat.
    Coat,
    /// Colours.
    Color,
    /// Pattern.
    Pattern,
    /// Marks and collar.
    Markings,
    /// Weight.
    Weight,
    /// Chips.
    Microchip,
    /// Description.
    Description,
    /// Kind of intake.
    IntakeType,
    /// Where it was found.
    Place,
}

/// The columns for each aspect.
const COLUMNS: [(Aspect, &[Column]); 16] = [
    (
        Aspect::Kind,
        &[
            Column::Custody,
            Column::RecordType,
            Column::Status,
            Column::Outcome,
            Column::IntakeSubtype,
        ],
    ),
    (Aspect::Name, &[Column::Name]),
    (Aspect::Breed, &[Column::Breed, Column::SecondBreed]),
    (Aspect::Sex, &[Column::Sex]),
    (Aspect::Altered, &[Column::Altered, Column::Features]),
    (Aspect::Size, &[Column::Size]),
    (
        Aspect::Age,
        &[Column::BirthDate, Column::Age, Column::AgeYears, Column::AgeMonths],
    ),
    (Aspect::Coat, &[Column::Coat]),
    (Aspect::Color, &[Column::Color]),
    (Aspect::Pattern, &[Column::Pattern, Column::Color]),
    (Aspect::Markings, &[Column::Markings]),
    (Aspect::Weight, &[Column::Weight]),
    (Aspect::Microchip, &[Column::Microchip, Column::ChipStatus]),
    (Aspect::Description, &[Column::Description]),
    (Aspect::IntakeType, &[Column::IntakeType]),
    (
        Aspect::Place,
        &[
            Column::FoundPlace,
            Column::Location,
            Column::Latitude,
            Column::Longitude,
            Column::PostalCode,
            Column::City,
            Column::Region,
            Column::Jurisdiction,
        ],
    ),
];

/// Whether a cell says something that is not understood, remembered for each column.
pub(super) type Unread = Memo<Column, bool>;

/// The aspects that a record says nothing usable about; adds a warning for each cell that is not understood.
pub(super) fn silent(header: &Header, record: &Record, known: &Unread, warnings: &mut Vec<RowWarning>) -> Vec<Aspect> {
    let unread = unread(header, &record.cells, known, warnings);
    let speaks = |column: &Column| header.tells(*column, record) && !unread.contains(column);
    let silent = COLUMNS.iter().filter(|(_, columns)| !columns.iter().any(speaks));
    silent.map(|(aspect, _)| *aspect).collect()
}

/// A warning about a cell.
pub(super) fn warning(header: &Header, column: Column, value: &str, message: impl Into<String>) -> RowWarning {
    RowWarning::new(header.title_of(column), value, message)
}

/// The columns whose cells are not understood.
fn unread(header: &Header, cells: &[String], known: &Unread, warnings: &mut Vec<RowWarning>) -> Vec<Column> {
    let mut unread = Vec::new();
    let mut note = |column, is_read: &dyn Fn(&str) -> bool, message: &str| {
        let is_unread = |value: &&str| {
            let work_out = || !says_nothing(value) && !is_read(value);
            match column {
                // The unit of a weight may stand in another cell, and photos do not recur.
                Column::Weight | Column::Photo => work_out(),
                _ => known.recall(column, value, work_out),
            }
        };
        if let Some(value) = header.value(column, cells).filter(is_unread) {
            warnings.push(warning(header, column, value, message));
            unread.push(column);
        }
    };
    let is_age = |word: &str, unit| age_in(word, unit) != Age::Unknown;
    let is_size = |word: &str| parse_size(word).is_some() || is_age(word, None);
    let is_weight = |word: &str| parse_weight(word, weight_unit(header, cells)).is_some();
    let is_color = |word: &str| {
        let read = normalise_colors(word);
        !read.colors.is_empty() || read.pattern.is_some()
    };
    let is_altered = |word: &str| parse_altered(word) != Altered::Unknown;
    note(
        Column::Sex,
        &|word| parse_sex(word) != (Sex::Unknown, Altered::Unknown),
        "this sex is not understood: it was left out",
    );
    note(Column::Altered, &is_altered, "this is not understood: it was left out");
    note(
        Column::Age,
        &|word| is_age(word, None),
        "this age is not understood: it was left out; write it as 2 years or 5 months",
    );
    note(
        Column::AgeYears,
        &|word| is_age(word, Some(365)),
        "this is no number of years: it was left out",
    );
    note(
        Column::AgeMonths,
        &|word| is_age(word, Some(30)),
        "this is no number of months: it was left out",
    );
    note(
        Column::Color,
        &is_color,
        "no colour is known by this name: only the words were kept",
    );
    note(
        Column::Pattern,
        &|word| parse_pattern(word).is_some(),
        "this pattern is not understood: it was left out",
    );
    note(Column::Size, &is_size, "this size is not understood: it was left out");
    note(Column::Weight, &is_weight, "this is no weight: it was left out");
    note(
        Column::Coat,
        &|word| parse_coat(word).is_some(),
        "this coat is not understood: it was left out",
    );
    note(
        Column::Photo,
        &|word| addresses(word).all(|address| is_placeholder_picture(address) || photo_url(address).is_some()),
        "only complete addresses of photos, such as https://example.org/1.jpg, are fetched: it was left out",
    );
    // Words that are unknown as colours are still shown and searched.
    unread.retain(|column| *column != Column::Color);
    if header
        .value(Column::Microchip, cells)
        .is_some_and(|raw| !is_chip(header, raw, warnings))
    {
        unread.push(Column::Microchip);
    }
    unread
}

/// The unit of a weight: that of its own column, or the last word of the title, as in `Weight (kg)`, or the usual one
/// of the file; else pounds.
pub(super) fn weight_unit(header: &Header, cells: &[String]) -> WeightUnit {
    let of_column = || {
        let title = header.title_of(Column::Weight)?;
        let mut words = title.split(|letter: char| !letter.is_alphabetic());
        words.rfind(|word| !word.is_empty()).and_then(WeightUnit::parse)
    };
    let told = header.value(Column::WeightUnit, cells).and_then(WeightUnit::parse);
    told.or_else(of_column)
        .or(header.usual_unit)
        .unwrap_or(WeightUnit::Pound)
}

/// The age in a cell, which may explain a word: `Adult (2-7 yrs)`.
pub(super) fn age_in(cell: &str, days_per_unit: Option<u32>) -> Age {
    match parse_age(cell, days_per_unit) {
        Age::Unknown => parse_age(cell.split('(').next().unwrap_or_default(), days_per_unit),
        age => age,
    }
}

/// Whether a cell says something plausible about a chip. A damaged number costs the animal nothing else.
fn is_chip(header: &Header, raw: &str, warnings: &mut Vec<RowWarning>) -> bool {
    let message = match parse_microchip(raw) {
        ChipReading::Refused(reason) => format!("{reason}: the number was left out"),
        ChipReading::Unknown if !says_nothing(raw) => "this is no microchip number: it was left out".to_owned(),
        ChipReading::Chips(chips) if pet_vocabulary::MOST_CHIPS < chips.len() => {
            warnings.push(warning(
                header,
                Column::Microchip,
                raw,
                "two chips of an animal are kept: the others were left out",
            ));
            return true;
        }
        _ => return true,
    };
    warnings.push(warning(header, Column::Microchip, raw, message));
    false
}

/// Whether a cell is effectively blank.
pub(super) fn says_nothing(cell: &str) -> bool {
    let word = fold(cell);
    matches!(
        word.as_str(),
        "" | "0"
            | "na"
            | "n a"
            | "null"
            | "none"
            | "unknown"
            | "unk"
            | "u"
            | "unspecified"
            | "not specified"
            | "not provided"
            | "other"
            | "no age"
    )
}
