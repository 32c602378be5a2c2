//! Compares what the reader found with what people expect.

use std::collections::HashMap;

use entity::Timestamp;
use import_reader::{Calendar, Circumstances, FileError, ImportReader, Row, zone::Zone};

use super::{expected::Expected, facts};

/// 2026-11-28T12:00:00Z.
const TODAY: Timestamp = Timestamp(1_795_867_200_000);

/// Any value will do: people would not agree.
const ANY: &str = "?";
/// Something has to be found, or a warning has to say that the words were not understood.
const TOLD: &str = "!";

/// How many facts were right, and those that were not.
#[derive(Debug, Default)]
pub struct Judged {
    pub right: usize,
    /// Not right, and the reader said so.
    pub warned: Vec<String>,
    /// Not right in silence.
    pub wrong: Vec<String>,
}

impl Judged {
    pub fn of(file: &[u8], expected: &Expected) -> Self {
        let mut judged = Self::default();
        let zone = Zone::named(&expected.zone).expect("the zone exists");
        let mut reader = match open(file, expected, zone) {
            Ok(reader) => reader,
            Err(error) => {
                let facts: usize = expected.animals.iter().map(HashMap::len).sum();
                let line = format!("the file was refused: {error}");
                judged.wrong = vec![line; facts];
                return judged;
            }
        };
        let ignored = reader.ignored_columns();
        let rows: Vec<Row> = reader.by_ref().collect();
        if rows.len() != expected.animals.len() {
            let line = format!("{} animals instead of {}", rows.len(), expected.animals.len());
            judged.wrong.push(line);
        }
        for (row, wanted) in rows.iter().zip(&expected.animals) {
            judged.row(row, wanted, expected, &ignored, zone);
        }
        judged
    }

    fn row(
        &mut self,
        row: &Row,
        wanted: &HashMap<String, String>,
        expected: &Expected,
        ignored: &[String],
        zone: Zone,
    ) {
        let warned: Vec<&str> = row.warnings.iter().map(|warning| warning.column.as_str()).collect();
        let found = match &row.result {
            Ok(animal) => facts::of(animal, zone),
            Err(errors) => {
                for (name, value) in wanted.iter().filter(|(_, value)| !value.is_empty() && *value != ANY) {
                    self.wrong
                        .push(format!("line {}: {name} {value} refused: {errors:?}", row.line));
                }
                return;
            }
        };
        for (name, value) in found {
            let want = wanted.get(name).map(String::as_str).unwrap_or_default();
            let title = expected.columns.get(name).map(String::as_str);
            let told = title.is_some_and(|title| warned.contains(&title) || ignored.iter().any(|known| known == title));
            if is_right(name, want, &value, told) {
                self.right += usize::from(!want.is_empty());
            } else {
                let line = format!("line {}: {name} is \"{value}\" instead of \"{want}\"", row.line);
                if told { &mut self.warned } else { &mut self.wrong }.push(line);
            }
        }
        if let Ok(animal) = &row.result {
            let words = facts::public_words(animal);
            let leaked = expected.secrets.iter().filter(|secret| words.contains(secret.as_str()));
            self.wrong
                .extend(leaked.map(|secret| format!("line {}: \"{secret}\" is public", row.line)));
        }
    }
}

fn is_right(name: &str, want: &str, value: &str, told: bool) -> bool {
    match (name, want) {
        (_, ANY) => true,
        (_, TOLD) => told || !value.is_empty(),
        (_, "") => value.is_empty(),
        ("colors", want) => sorted(want) == sorted(value),
        ("seen" | "left" | "hold" | "born", want) => value.starts_with(want),
        ("marks" | "says" | "place", want) => value.contains(want),
        ("point", want) => numbers(want) == numbers(value),
        (_, want) => want == value,
    }
}

fn sorted(words: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words
}

fn numbers(pair: &str) -> Vec<Option<f64>> {
    pair.split(',').map(|number| number.parse().ok()).collect()
}

fn open<'a>(file: &'a [u8], expected: &Expected, zone: Zone) -> Result<ImportReader<&'a [u8]>, FileError> {
    let circumstances = Circumstances {
        today: TODAY,
        zone,
        country: expected.country.clone(),
        order: None,
    };
    ImportReader::open(file, Calendar::of(file, &circumstances)?)
}
