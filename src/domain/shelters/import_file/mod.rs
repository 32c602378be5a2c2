//! Reads files of animals as shelters export them, row by row, without a database.
//!
//! Promises: any bytes give rows or errors and never a panic; memory stays flat whatever the size of the file; a bad row
//! costs itself and not its neighbours; columns that are private in the systems they come from are not read.
//! Refuses: files without a species, workbooks, columns of dates whose order nothing tells. The bulk import of shelters calls it.

mod aliases;
mod animal;
mod aspects;
mod date_text;
mod dates;
mod encoding;
mod header;
mod identity;
mod json;
mod json_layout;
mod memory;
mod outcome;
mod outcome_words;
mod place;
mod public_words;
mod reader;
mod record;
mod row;
mod shape;
mod text;
mod window;

pub use animal::{ImportedAnimal, Keeping};
pub use aspects::Aspect;
pub use dates::{Calendar, Circumstances};
pub use reader::{ImportReader, Skipped};

/// Why a whole file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A workbook or another archive under the name of a text file.
    #[error("the file is a workbook or an archive; save it as CSV and send it again")]
    NotText,
    /// A page of the web or another file of tags.
    #[error("the file seems to be a web page or XML: export it as CSV or JSON and send it again")]
    Markup,
    /// Nothing in the first line is a title that is known.
    #[error(
        "the file does not look like a table of animals: no title in its first line is known (\"{0}\"). Write the titles \
         of the columns into the first line, such as id, species, name, breed and intake date"
    )]
    NoTitles(String),
    /// No column for the species.
    #[error(
        "the file has no column for the species: give a column the title species, type or animal type. The titles of the \
         file are: {0}"
    )]
    NoSpecies(String),
    /// JSON without an animal in it.
    #[error("the file is JSON without an animal in it: send a list of objects, each with a species")]
    NoAnimals,
    /// JSON that cannot be read.
    #[error(
        "the file looks like JSON and breaks at line {line}, character {column}: correct it there and send it again"
    )]
    BrokenJson {
        /// Line, from 1.
        line: u32,
        /// Character of the line, from 1.
        column: u32,
    },
    /// Nothing tells the order of day and month.
    #[error(
        "in the column \"{column}\" dates such as {example} can have the day or the month first: import the file again \
         with dateOrder DAY_FIRST or MONTH_FIRST"
    )]
    UnclearDates {
        /// Title of the column.
        column: String,
        /// A cell of it.
        example: String,
    },
    /// Two columns with one title that is read.
    #[error("the file has two columns with the title \"{0}\"; remove one")]
    DuplicateColumn(String),
    /// The first line cannot be read as a header.
    #[error("the first line of the file cannot be read as a header")]
    BadHeader,
    /// The source failed.
    #[error("the file could not be read")]
    Source(#[source] std::io::Error),
}

/// One record of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line where it begins; the header is line 1.
    pub line: u32,
    /// Number among the records of data, from 1.
    pub number: u32,
    /// The animal, or everything that is wrong with the record.
    pub result: Result<ImportedAnimal, Vec<CellError>>,
    /// What was left out of the animal, or changed.
    pub warnings: Vec<RowWarning>,
}

/// A value that was left out or changed, though the rest of its record is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWarning {
    /// Title of the column.
    pub column: String,
    /// What stands there, cut to 200 letters.
    pub value: String,
    /// A sentence for the shelter: what became of it, and why.
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

/// Something wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// Title of the column; none when the record as a whole is wrong.
    pub column: Option<String>,
    /// What stands there, cut to 200 letters.
    pub value: Option<String>,
    /// A sentence for the shelter.
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
