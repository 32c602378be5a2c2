//! Reads and writes the file of reports with known pairs.

use std::collections::HashMap;

use entity::{
    ColorSet, Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetKind, PetSize, PlacePrecision, Sex, Species},
};
use geometry::Point;
use match_score::Subject;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{Report, csv};

/// The columns in the order in which they are written. Files may have them in any order, and only the first three must
/// be there.
pub const COLUMNS: [&str; 27] = [
    "id",
    "kind",
    "species",
    "animal",
    "seen_at",
    "latitude",
    "longitude",
    "precision",
    "area",
    "postcode",
    "name",
    "breed_primary",
    "breed_secondary",
    "mixed",
    "sex",
    "altered",
    "size",
    "age_group",
    "coat",
    "colors",
    "pattern",
    "markings",
    "collar",
    "description",
    "weight_grams",
    "microchip",
    "second_microchip",
];

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file is empty.
    #[error("the file is empty: its first line must name the columns")]
    Empty,
    /// A cell has no value of its column.
    #[error(
        "line {line}, column {column}: \"{cell}\" is not a value of this column: see docs/MATCHING.md for the values"
    )]
    Cell {
        /// Number of the row, the header being 1.
        line: usize,
        /// Name of the column.
        column: &'static str,
        /// What it holds.
        cell: String,
    },
}

/// Reads reports from the text of a file.
pub fn read(text: &str) -> Result<Vec<Report>, FileError> {
    let rows = csv::rows(text);
    let (header, rows) = rows.split_first().ok_or(FileError::Empty)?;
    let columns: HashMap<&str, usize> = header.iter().enumerate().map(|(at, name)| (name.trim(), at)).collect();
    let report = |(at, cells): (usize, &Vec<String>)| {
        Row {
            line: at + 2,
            columns: &columns,
            cells,
        }
        .report()
    };
    rows.iter().enumerate().map(report).collect()
}

/// Writes reports as the text of a file.
pub fn write(reports: &[Report]) -> String {
    let header = csv::row(&COLUMNS.map(str::to_owned));
    reports
        .iter()
        .fold(header, |text, report| text + &csv::row(&cells(report)))
}

struct Row<'a> {
    line: usize,
    columns: &'a HashMap<&'a str, usize>,
    cells: &'a [String],
}

impl Row<'_> {
    fn report(&self) -> Result<Report, FileError> {
        let point = match (self.number("latitude")?, self.number("longitude")?) {
            (Some(latitude), Some(longitude)) => {
                Some(Point::new(latitude, longitude).map_err(|_| self.wrong("latitude"))?)
            }
            _ => None,
        };
        let precision = match self.cell("precision") {
            Some(_) => self.word("precision", PlacePrecision::Unresolved)?,
            None if point.is_some() => PlacePrecision::Point,
            None => PlacePrecision::Unresolved,
        };
        let subject = Subject {
            id: self
                .cell("id")
                .and_then(|id| id.parse().ok())
                .unwrap_or(Uuid::from_u128(self.line as u128)),
            kind: self.word("kind", PetKind::Lost)?,
            species: self.word("species", Species::Other)?,
            name: self.text("name"),
            breed_primary: self.text("breed_primary"),
            breed_secondary: self.text("breed_secondary"),
            mixed: self.cell("mixed") == Some("true"),
            sex: self.word("sex", Sex::Unknown)?,
            altered: self.word("altered", Altered::Unknown)?,
            size: self.word("size", PetSize::Unknown)?,
            age_group: self.word("age_group", AgeGroup::Unknown)?,
            coat: self.word("coat", CoatLength::Unknown)?,
            colors: self.colors()?,
            pattern: self.word("pattern", CoatPattern::Unknown)?,
            markings: self.text("markings"),
            collar: self.text("collar"),
            description: self.text("description"),
            weight_grams: self.number("weight_grams")?.map(|grams| grams as i32),
            microchip: self.text("microchip"),
            second_microchip: self.text("second_microchip"),
            point,
            precision,
            address: self.text("area"),
            seen_at: self.seen_at()?,
        };
        Ok(Report {
            subject,
            area: self.text("area").unwrap_or_default(),
            postcode: self.text("postcode").unwrap_or_default(),
            animal: self.text("animal"),
        })
    }

    fn cell(&self, column: &str) -> Option<&str> {
        let cell = self.cells.get(*self.columns.get(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    fn text(&self, column: &str) -> Option<String> {
        self.cell(column).map(str::to_owned)
    }

    fn word<T: DeserializeOwned>(&self, column: &'static str, otherwise: T) -> Result<T, FileError> {
        let Some(cell) = self.cell(column) else {
            return Ok(otherwise);
        };
        serde_json::from_value(Value::String(cell.to_owned())).map_err(|_| self.wrong(column))
    }

    fn number(&self, column: &'static str) -> Result<Option<f64>, FileError> {
        let number = self.cell(column).map(str::parse::<f64>).transpose();
        number.map_err(|_| self.wrong(column))
    }

    fn colors(&self) -> Result<ColorSet, FileError> {
        let words = self.cell("colors").into_iter().flat_map(|cell| cell.split('|'));
        let colors = words.map(|word| serde_json::from_value::<Color>(Value::String(word.trim().to_owned())));
        colors.collect::<Result<_, _>>().map_err(|_| self.wrong("colors"))
    }

    fn seen_at(&self) -> Result<Timestamp, FileError> {
        let cell = self.cell("seen_at").unwrap_or_default();
        let milliseconds = cell.parse::<i64>().map_err(|_| self.wrong("seen_at"))?;
        Ok(Timestamp(milliseconds))
    }

    fn wrong(&self, column: &'static str) -> FileError {
        FileError::Cell {
            line: self.line,
            column,
            cell: self.cell(column).unwrap_or_default().to_owned(),
        }
    }
}

fn cells(report: &Report) -> [String; COLUMNS.len()] {
    let Report {
        subject,
        area,
        postcode,
        animal,
    } = report;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let coordinate = |of: fn(Point) -> f64| {
        subject
            .point
            .map(|point| format!("{:.6}", of(point)))
            .unwrap_or_default()
    };
    let colors: Vec<String> = subject.colors.colors().into_iter().map(word).collect();
    [
        subject.id.to_string(),
        word(subject.kind),
        word(subject.species),
        text(animal),
        subject.seen_at.0.to_string(),
        coordinate(|point| point.latitude),
        coordinate(|point| point.longitude),
        word(subject.precision),
        area.clone(),
        postcode.clone(),
        text(&subject.name),
        text(&subject.breed_primary),
        text(&subject.breed_secondary),
        subject.mixed.to_string(),
        word(subject.sex),
        word(subject.altered),
        word(subject.size),
        word(subject.age_group),
        word(subject.coat),
        colors.join("|"),
        word(subject.pattern),
        text(&subject.markings),
        text(&subject.collar),
        text(&subject.description),
        subject.weight_grams.map(|grams| grams.to_string()).unwrap_or_default(),
        text(&subject.microchip),
        text(&subject.second_microchip),
    ]
}

/// A value of a vocabulary as it is stored.
pub fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
