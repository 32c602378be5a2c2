//! Where the animals are in a file of JSON.

use serde_json::Value;

use super::header::is_species_title;
use crate::domain::vocabulary::parse_species;

/// Objects that wrap animals are looked through so deep.
const DEPTH: u8 = 4;

/// What holds the animals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// The file is their list, or a single one, or one behind the other.
    Sequence,
    /// A list of that name; an empty one is the first list of objects.
    List(String),
    /// An object of that name.
    Object(String),
    /// The file breaks there and holds no whole object.
    Broken { line: u32, column: u32 },
}

impl Layout {
    /// Reads it from the beginning of a file, which may be all of it.
    pub(super) fn of(bytes: &[u8], whole: bool) -> Self {
        let begin = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        let bytes = bytes.get(begin..).unwrap_or_default();
        let parsed = whole.then(|| serde_json::from_slice::<Value>(bytes));
        match (parsed, bytes.first()) {
            (Some(Ok(value)), Some(b'{')) => Self::of_object(&value),
            (Some(Err(fault)), _) if !holds_an_object(bytes) => Self::Broken {
                line: u32::try_from(fault.line()).unwrap_or(u32::MAX),
                column: u32::try_from(fault.column()).unwrap_or(u32::MAX),
            },
            (_, Some(b'{')) if object_length(bytes).is_none() => Self::List(String::new()),
            _ => Self::Sequence,
        }
    }

    fn of_object(value: &Value) -> Self {
        let list = |animals: &Value| {
            animals
                .as_array()
                .is_some_and(|list| list.first().is_some_and(is_animal))
        };
        let any_list = |objects: &Value| {
            objects
                .as_array()
                .is_some_and(|list| list.first().is_some_and(Value::is_object))
        };
        if let Some(name) = find(value, &list, DEPTH) {
            return Self::List(name);
        }
        if is_animal(value) {
            return Self::Sequence;
        }
        if let Some(name) = find(value, &is_animal, DEPTH) {
            return Self::Object(name);
        }
        find(value, &any_list, DEPTH).map_or(Self::Sequence, Self::List)
    }

    /// Whether the list behind that name is that of the animals; `rest` begins with its bracket.
    pub(super) fn is_list(&self, name: &str, rest: &[u8]) -> bool {
        let opens = || rest.iter().skip(1).find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        match self {
            Self::List(wanted) if wanted.is_empty() => opens(),
            Self::List(wanted) => wanted == name && opens(),
            _ => false,
        }
    }

    /// Whether the object behind that name is the animal.
    pub(super) fn is_object(&self, name: &str) -> bool {
        matches!(self, Self::Object(wanted) if wanted == name)
    }
}

/// The name of the first field that fits, within objects too.
fn find(value: &Value, fits: &impl Fn(&Value) -> bool, depth: u8) -> Option<String> {
    let fields = || value.as_object().into_iter().flatten();
    let here = fields().find(|(_, value)| fits(value)).map(|(name, _)| name.clone());
    let deeper = || fields().find_map(|(_, value)| find(value, fits, depth - 1));
    here.or_else(|| if depth == 0 { None } else { deeper() })
}

/// Whether an object has a field that names a species.
fn is_animal(value: &Value) -> bool {
    value.as_object().into_iter().flatten().any(|(name, value)| {
        let species = value.as_str().and_then(parse_species);
        species.is_some() && is_species_title(name)
    })
}

fn holds_an_object(bytes: &[u8]) -> bool {
    // That of the file may be cut, and those within it whole.
    let mut objects = (0..bytes.len()).filter(|at| bytes.get(*at) == Some(&b'{')).take(3);
    objects.any(|at| bytes.get(at..).and_then(object_length).is_some())
}

/// Bytes up to the brace that closes the first one; none when it is not here yet.
pub(super) fn object_length(bytes: &[u8]) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(json: &str) -> Layout {
        Layout::of(json.as_bytes(), true)
    }

    #[test]
    fn animals_are_found_wherever_they_stand() {
        let list = |name: &str| Layout::List(name.to_owned());
        assert_eq!(layout(r#"[{"species": "Dog"}]"#), Layout::Sequence);
        assert_eq!(
            layout(r#"{"animal": "Dog", "tags": ["a"], "photos": [{"full": "x"}]}"#),
            Layout::Sequence
        );
        assert_eq!(
            layout("{\"species\": \"Dog\"}\n{\"species\": \"Cat\"}"),
            Layout::Sequence
        );
        assert_eq!(
            layout(r#"{"animal": {"id": 1, "type": "Dog", "photos": [{"full": "x"}]}}"#),
            Layout::Object("animal".to_owned())
        );
        assert_eq!(
            layout(r#"{"links": [{"rel": "next"}], "data": {"animals": [{"type": "Cat"}]}}"#),
            list("animals")
        );
        assert_eq!(layout(r#"{"results": [{"id": 1}]}"#), list("results"));
    }

    #[test]
    fn a_file_that_breaks_says_where() {
        let broken = layout("[\n {\"species\": \"Dog\"");
        assert!(matches!(broken, Layout::Broken { line: 2, .. }), "{broken:?}");
    }
}
