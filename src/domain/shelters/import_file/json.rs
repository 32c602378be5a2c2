//! Reads a JSON list of objects as if it were a table, one object at a time.
//!
//! The list may be the file, one object behind the other, or a list within an object; a single animal may stand alone or
//! within an object. Objects within objects become columns with both names (`breeds.primary`); lists are left out, except
//! that of photos.

use std::io::{self, Read};

use serde_json::Value;

use super::{
    FileError,
    json_layout::{Layout, object_length},
    record::{Fault, RECORD_LIMIT, Record, Step},
    window::Window,
};

/// Reads objects one after the other.
pub(super) struct Objects<R> {
    window: Window<R>,
    line: u32,
    layout: Layout,
    /// The last name that was read outside of the animals.
    name: String,
    /// The list was opened.
    inside: bool,
    ended: bool,
    titles: Vec<String>,
}

/// Titles and values of one object, and the line where it begins.
pub(super) type Fields = Result<(u32, Vec<(String, String)>), (u32, Fault)>;

impl<R: Read> Objects<R> {
    /// Looks at the beginning of the file, or at all of a small one, for where its animals are.
    pub(super) fn open(mut window: Window<R>) -> io::Result<Self> {
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

    /// Where a file breaks from which no object could be read, with the first fault.
    pub(super) fn broken(&self, first: Option<(u32, Fault)>) -> Option<FileError> {
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

    /// Fixes the columns; later objects are read in this order.
    pub(super) fn set_titles(&mut self, titles: Vec<String>) {
        self.titles = titles;
    }

    /// The next object as a record in the order of the titles.
    pub(super) fn next(&mut self) -> io::Result<Option<Step>> {
        Ok(self.next_fields()?.map(|fields| self.record(fields)))
    }

    /// An object as a record in the order of the titles; missing fields are blank.
    pub(super) fn record(&self, fields: Fields) -> Step {
        let (line, fields) = fields?;
        let value = |title: &String| {
            fields
                .iter()
                .find(|(name, _)| name == title)
                .map(|(_, value)| value.clone())
        };
        let cells = self
            .titles
            .iter()
            .map(|title| value(title).unwrap_or_default())
            .collect();
        Ok(Record {
            line,
            cells,
            last: false,
        })
    }

    /// The next object with its own titles; none behind the list.
    pub(super) fn next_fields(&mut self) -> io::Result<Option<Fields>> {
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
                self.ended |= matches!(self.layout, Layout::Object(_));
                return Ok(Some(fields.map_err(|fault| (line, place_of(&fault, line)))));
            }
            if self.window.is_last() || RECORD_LIMIT < self.window.rest().len() {
                // Without its end nobody knows where the next object begins.
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

    /// Reads a text up to its closing quotation mark.
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

/// Bytes of the text at the beginning, with both quotation marks; none when it is not whole.
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

/// Where an object that begins in that line breaks.
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

/// Columns of an object, two levels deep.
fn flatten(value: &Value) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Object(inner) => {
                fields.extend(
                    inner
                        .iter()
                        .filter_map(|(part, value)| Some((format!("{name}.{part}"), scalar(value)?))),
                );
            }
            Value::Array(photos) if matches!(name.as_str(), "photos" | "photo_urls" | "photoUrls") => {
                let addresses = photos.iter().filter_map(photo_address);
                fields.extend(
                    (1..=6)
                        .zip(addresses)
                        .map(|(number, address)| (format!("photo{number}"), address)),
                );
            }
            other => fields.extend(scalar(other).map(|text| (name.clone(), text))),
        }
    }
    fields
}

fn photo_address(photo: &Value) -> Option<String> {
    let named = ["full", "large", "url"].iter().find_map(|name| photo.get(name));
    named.unwrap_or(photo).as_str().map(str::to_owned)
}

/// A single value as text; null is a blank cell, so that its column is known.
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
