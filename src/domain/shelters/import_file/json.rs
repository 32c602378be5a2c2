//! Reads a JSON list of objects as if it were a table, one object at a time.
//!
//! The list may be the file or the first list within it. Objects within objects become columns with both names
//! (`breeds.primary`); lists are left out, except that of photos.

use std::io::{self, Read};

use serde_json::Value;

use super::{
    record::{Fault, RECORD_LIMIT, Record, Step},
    window::Window,
};

/// Reads objects one after the other.
pub(super) struct Objects<R> {
    window: Window<R>,
    line: u32,
    /// The list was opened.
    inside: bool,
    ended: bool,
    titles: Vec<String>,
}

/// Titles and values of one object, and the line where it begins.
pub(super) type Fields = Result<(u32, Vec<(String, String)>), (u32, Fault)>;

impl<R: Read> Objects<R> {
    pub(super) fn new(window: Window<R>) -> Self {
        Self {
            window,
            line: 1,
            inside: false,
            ended: false,
            titles: Vec::new(),
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
                return Ok(Some(fields.map_err(|_| (line, Fault::BadObject))));
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
                b'{' if self.inside => return Ok(true),
                b'[' => self.inside = true,
                b']' => self.ended = true,
                b'\n' => self.line = self.line.saturating_add(1),
                _ => {}
            }
            self.window.consume(1);
        }
        Ok(false)
    }
}

fn lines_in(bytes: &[u8]) -> u32 {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// Bytes up to the brace that closes the first one; none when it is not here yet.
fn object_length(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
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
        let mut objects = Objects::new(Window::new(json.as_bytes()));
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
        assert_eq!(fields("[{\"id\" 1}]"), [Err((1, Fault::BadObject))]);
        assert!(fields("{}").is_empty());
    }
}
