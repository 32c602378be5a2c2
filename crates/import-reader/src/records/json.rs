//! Reads a JSON list of objects as a table, one object at a time.
//!
//! The list may be the whole file, objects one after another, or a list within an object; a single animal may stand
//! alone or within an object. Nested objects become columns with both names (`breeds.primary`); the items of a list
//! are joined in one cell, separated by commas, and photos have columns of their own.

use std::io::{self, Read};

use serde_json::Value;

use super::{
    json_layout::{Layout, object_length},
    record::{Fault, RECORD_LIMIT, Record, Step},
    window::Window,
};
use crate::FileError;

/// Reads objects one after another.
pub(crate) struct Objects<R> {
    window: Window<R>,
    line: u32,
    layout: Layout,
    /// The last name read outside the animals.
    name: String,
    /// Whether the list has been opened.
    inside: bool,
    ended: bool,
    titles: Vec<String>,
}

/// Titles and values of one object, and the line on which it starts.
pub(crate) type Fields = Result<(u32, Vec<(String, String)>), (u32, Fault)>;

impl<R: Read> Objects<R> {
    /// Examines the start of the file, or all of a small one, to find where its animals are.
    pub(crate) fn open(mut window: Window<R>) -> io::Result<Self> {
        while !window.is_last() && window.rest().len() <= RECORD_LIMIT {
            window.fill()?;
        }
        let layout = Layout::of(window.rest(), window.is_last());
        Ok(Self {
            window,
            line: 1,
            inside: layout == Layout::Sequence,
            layout,
            name: String::new(),
            ended: false,
            titles: Vec::new(),
        })
    }

    /// The position of the first error in a file from which no object could be read.
    pub(crate) fn broken(&self, first: Option<(u32, Fault)>) -> Option<FileError> {
        match (first, &self.layout) {
            (Some((_, Fault::BadObject { line, column })), _) => Some(FileError::BrokenJson { line, column }),
            (Some((line, _)), _) => Some(FileError::BrokenJson { line, column: 1 }),
            (None, Layout::Broken { line, column }) => Some(FileError::BrokenJson {
                line: *line,
                column: *column,
            }),
            (None, _) => None,
        }
    }

    /// Sets the columns; later objects are read in this order.
    pub(crate) fn set_titles(&mut self, titles: Vec<String>) {
        self.titles = titles;
    }

    /// The next object as a record in the order of the titles.
    pub(crate) fn next(&mut self) -> io::Result<Option<Step>> {
        Ok(self.next_fields()?.map(|fields| self.record(fields)))
    }

    /// An object as a record in the order of the titles; missing fields are blank.
    pub(crate) fn record(&self, fields: Fields) -> Step {
        let (line, fields) = fields?;
        let value = |title: &String| {
            fields
                .iter()
                .find(|(name, _)| name == title)
                .map(|(_, value)| value.clone())
        };
        let cells: Vec<Option<String>> = self.titles.iter().map(value).collect();
        let absent = cells.iter().enumerate().filter(|(_, cell)| cell.is_none());
        Ok(Record {
            line,
            absent: absent.map(|(index, _)| index).collect(),
            cells: cells.into_iter().map(Option::unwrap_or_default).collect(),
            last: false,
        })
    }

    /// The next object with its own titles; `None` after the list.
    pub(crate) fn next_fields(&mut self) -> io::Result<Option<Fields>> {
        if !self.skip_to_object()? {
            return Ok(None);
        }
        loop {
            let line = self.line;
            if let Some(length) = object_length(self.window.rest()) {
                let bytes = self.window.rest().get(..length).unwrap_or_default();
                let fields = serde_json::from_slice::<Value>(bytes).map(|value| (line, flatten(&value)));
                self.line = self.line.saturating_add(lines_in(bytes));
                self.window.consume(length);
                self.ended |= self.layout.is_single();
                return Ok(Some(fields.map_err(|fault| (line, place_of(&fault, line)))));
            }
            if self.window.is_last() || RECORD_LIMIT < self.window.rest().len() {
                // If its end is missing, the start of the next object is unknown.
                let fault = if self.window.is_last() {
                    Fault::Truncated
                } else {
                    Fault::TooLong
                };
                self.ended = true;
                return Ok(Some(Err((line, fault))));
            }
            self.window.fill()?;
        }
    }

    fn skip_to_object(&mut self) -> io::Result<bool> {
        while !self.ended {
            let Some(&byte) = self.window.peek()?.first() else {
                break;
            };
            match byte {
                b'{' if self.inside || self.layout.is_object(&self.name) => return Ok(true),
                b'[' if !self.inside => self.inside = self.layout.is_list(&self.name, self.window.rest()),
                b']' if self.inside => self.ended = true,
                b'"' if !self.inside => {
                    self.read_name()?;
                    continue;
                }
                b',' => self.name.clear(),
                b'\n' => self.line = self.line.saturating_add(1),
                _ => {}
            }
            self.window.consume(1);
        }
        Ok(false)
    }

    /// Reads a string up to its closing quotation mark.
    fn read_name(&mut self) -> io::Result<()> {
        loop {
            if let Some(length) = text_length(self.window.rest()) {
                let text = self.window.rest().get(1..length - 1).unwrap_or_default();
                self.name = String::from_utf8_lossy(text).into_owned();
                self.window.consume(length);
                return Ok(());
            }
            if self.window.is_last() || RECORD_LIMIT < self.window.rest().len() {
                self.ended = true;
                return Ok(());
            }
            self.window.fill()?;
        }
    }
}

/// Length of the string at the start in bytes, including quotation marks; `None` if it is incomplete.
fn text_length(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Position of the error in an object that starts on this line.
fn place_of(fault: &serde_json::Error, line: u32) -> Fault {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Fault::BadObject {
        line: line.saturating_add(number(fault.line().saturating_sub(1))),
        column: number(fault.column()),
    }
}

fn lines_in(bytes: &[u8]) -> u32 {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// Columns of an object, three levels deep, such as `contact.address.postcode`.
fn flatten(value: &Value) -> Vec<(String, String)> {
    flatten_within("", value, 3)
}

fn flatten_within(above: &str, value: &Value, levels: u32) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (part, value) in value.as_object().into_iter().flatten() {
        let name = format!("{above}{part}");
        match bare(value) {
            Value::Array(photos) if is_photos(&name) => fields.extend(photo_columns(photos)),
            Value::Object(_) if 1 < levels => {
                fields.extend(flatten_within(&format!("{name}."), value, levels - 1));
            }
            Value::Array(items) => fields.extend(joined(&name, items, levels)),
            other => fields.extend(scalar(other).map(|text| (name.clone(), text))),
        }
    }
    fields
}

/// The value itself where it is wrapped, as in JSON that was made from XML.
fn bare(value: &Value) -> &Value {
    value.get("$t").unwrap_or(value)
}

/// The columns of a list: values of its items under the same name share a cell.
fn joined(name: &str, items: &[Value], levels: u32) -> Vec<(String, String)> {
    let fields = items.iter().flat_map(|item| match bare(item) {
        Value::Object(_) if 1 < levels => flatten_within(&format!("{name}."), item, levels - 1),
        other => scalar(other).map(|text| (name.to_owned(), text)).into_iter().collect(),
    });
    let mut together: Vec<(String, String)> = Vec::new();
    for (name, text) in fields.filter(|(_, text)| !text.is_empty()) {
        match together.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.extend([", ", text.as_str()]),
            None => together.push((name, text)),
        }
    }
    together
}

fn is_photos(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "");
    matches!(name.as_str(), "photos" | "photourls" | "media.photos.photo")
}

/// A column for each photo; of those that are there in several sizes, the largest, which is called `x`.
fn photo_columns(photos: &[Value]) -> impl Iterator<Item = (String, String)> {
    let is_large = |photo: &Value| photo.get("@size").is_none_or(|size| size == "x");
    let addresses = photos
        .iter()
        .filter(move |photo| is_large(photo))
        .filter_map(photo_address);
    (1..=6)
        .zip(addresses)
        .map(|(number, address)| (format!("photo{number}"), address))
}

fn photo_address(photo: &Value) -> Option<String> {
    let named = ["full", "large", "url", "$t"].iter().find_map(|name| photo.get(name));
    named.unwrap_or(photo).as_str().map(str::to_owned)
}

/// A single value as text; null becomes a blank cell, so that its column is known.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Vec<Fields> {
        let mut objects = Objects::open(Window::new(json.as_bytes())).expect("memory cannot fail");
        std::iter::from_fn(|| objects.next_fields().expect("memory cannot fail")).collect()
    }

    #[test]
    fn objects_of_a_list_become_rows() {
        let read =
            fields("[\n {\"id\": 7, \"breeds\": {\"primary\": \"Pug\"}, \"note\": \"} \\\" {\"},\n {\"id\": null}]");
        let first = read[0].as_ref().expect("the object is whole");
        assert_eq!(first.0, 2);
        assert!(first.1.contains(&("id".into(), "7".into())));
        assert!(first.1.contains(&("breeds.primary".into(), "Pug".into())));
        assert_eq!(read[1], Ok((3, vec![("id".into(), String::new())])));
    }

    #[test]
    fn what_a_list_holds_stands_in_one_cell() {
        let read = fields(
            r#"[{"tags": ["shy", "old"], "microchips": [{"id": "1", "issuer": "x"}, {"id": "2"}], "none": []}]"#,
        );
        let columns = &read[0].as_ref().expect("the object is whole").1;
        let column = |name: &str| {
            columns
                .iter()
                .find(|(title, _)| title == name)
                .map(|(_, text)| text.as_str())
        };
        assert_eq!(
            (column("tags"), column("microchips.id")),
            (Some("shy, old"), Some("1, 2"))
        );
        assert_eq!((column("microchips.issuer"), columns.len()), (Some("x"), 3));
    }

    #[test]
    fn animals_that_stand_under_their_ids_are_all_read() {
        assert_eq!(
            fields(r#"{"A1": {"species": "Dog"}, "A2": {"species": "Cat"}}"#).len(),
            2
        );
    }

    #[test]
    fn a_cut_file_ends_with_a_fault() {
        assert_eq!(
            fields("{\"animals\": [{\"id\": 1}, {\"id\": ").last(),
            Some(&Err((1, Fault::Truncated)))
        );
        let broken = Fault::BadObject { line: 2, column: 7 };
        assert_eq!(fields("[\n{\"id\" 1}]"), [Err((2, broken))]);
        assert!(fields("[]").is_empty());
    }
}
