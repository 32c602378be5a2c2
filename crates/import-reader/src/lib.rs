//! Reads files of animals as shelters export them, row by row, without a database.
//!
//! Any bytes give rows or errors and never a panic; memory stays constant whatever the size of the file, except that a
//! workbook is held as a whole, within limits; a bad row does not affect its neighbours; columns that are private in
//! their systems are not read. Refuses files without a species, and date columns whose order cannot be determined. Called
//! by the bulk import of shelters.

mod animal;
mod aspects;
mod columns;
mod dates;
mod formats;
mod identity;
mod intake;
mod languages;
mod memo;
mod outcome;
mod place;
mod public_words;
mod reader;
mod records;
mod row;
mod text;
pub mod zone;

pub use animal::{Gist, ImportedAnimal, Keeping};
pub use aspects::Aspect;
pub use columns::{MappedColumn, Mapping, MappingFault, header_fingerprint};
pub use dates::{Calendar, Circumstances, OpenDates};
pub use formats::{Column, OWN_FORMAT};
pub use intake::{intake_kind, listed_intake_kind};
pub use reader::{ColumnMeaning, FileTitles, FirstLook, ImportReader, Skipped, titles_of};
pub use records::{WorkbookError, restored};

/// Reasons why a whole file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// Neither a text nor a workbook.
    #[error("the file is neither a text nor a workbook; save it as CSV or XLSX and send it again")]
    NotText,
    /// A workbook or an archive that cannot be read.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A web page or another markup file.
    #[error("the file seems to be a web page or XML: export it as CSV or JSON and send it again")]
    Markup,
    /// The first line has no known title.
    #[error(
        "the file does not look like a table of animals: no title in its first line is known (\"{0}\"). Write the titles \
         of the columns into the first line, such as id, species, name, breed and intake date"
    )]
    NoTitles(String),
    /// There is no column for the species.
    #[error(
        "the file has no column for the species: give a column the title species, type or animal type. The titles of the \
         file are: {0}"
    )]
    NoSpecies(String),
    /// JSON without any animals.
    #[error("the file is JSON without an animal in it: send a list of objects, each with a species")]
    NoAnimals,
    /// Malformed JSON.
    #[error(
        "the file looks like JSON and breaks at line {line}, character {column}: correct it there and send it again"
    )]
    BrokenJson {
        /// Line, starting at 1.
        line: u32,
        /// Character within the line, starting at 1.
        column: u32,
    },
    /// The order of day and month cannot be determined.
    #[error(
        "in the column \"{column}\" dates such as {example} can have the day or the month first: import the file again \
         with dateOrder DAY_FIRST or MONTH_FIRST"
    )]
    UnclearDates {
        /// Title of the column.
        column: String,
        /// A cell of the column.
        example: String,
    },
    /// Two columns have the same title, and it is one that is read.
    #[error("the file has two columns with the title \"{0}\"; remove one")]
    DuplicateColumn(String),
    /// The first line cannot be read as a header.
    #[error("the first line of the file cannot be read as a header")]
    BadHeader,
    /// Reading the source failed.
    #[error("the file could not be read")]
    Source(#[source] std::io::Error),
}

/// A record of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line on which it starts; the header is line 1.
    pub line: u32,
    /// Number among the data records, starting at 1.
    pub number: u32,
    /// The animal, or all errors in the record.
    pub result: Result<ImportedAnimal, Vec<CellError>>,
    /// Values of the animal that were left out or changed.
    pub warnings: Vec<RowWarning>,
}

/// A value that was left out or changed although the rest of its record is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWarning {
    /// Title of the column.
    pub column: String,
    /// The cell, cut to 200 characters.
    pub value: String,
    /// Explains to the shelter what was done with the value and why.
    pub message: String,
}

impl RowWarning {
    fn new(column: Option<String>, value: &str, message: impl Into<String>) -> Self {
        Self {
            column: column.unwrap_or_default(),
            value: value.chars().take(200).collect(),
            message: message.into(),
        }
    }
}

/// An error in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// Title of the column; `None` if the record as a whole is wrong.
    pub column: Option<String>,
    /// The cell, cut to 200 characters.
    pub value: Option<String>,
    /// Explains the error to the shelter.
    pub reason: String,
}

impl CellError {
    fn new(column: Option<String>, value: Option<&str>, reason: impl Into<String>) -> Self {
        let value = value.map(|value| value.chars().take(200).collect());
        Self {
            column,
            value,
            reason: reason.into(),
        }
    }

    fn of_row(reason: impl Into<String>) -> Self {
        Self {
            column: None,
            value: None,
            reason: reason.into(),
        }
    }
}
