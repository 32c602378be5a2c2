//! Finds the animals in a JSON file.

use serde_json::Value;

use crate::columns::is_species_title;
use pet_vocabulary::parse_species;

/// Maximum depth of objects that wrap the animals.
const DEPTH: u8 = 4;

/// Where the animals are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// The file itself is a list, a single animal, or animals one after another.
    Sequence,
    /// In a list with that name; if the name is empty, the first list of objects.
    List(String),
    /// In the objects with these names: one, or several next to each other.
    Objects(Vec<String>),
    /// Nowhere: the file is malformed here and has no complete object.
    Broken { line: u32, column: u32 },
}

impl Layout {
    /// Detects it from the start of a file, which may be the whole file.
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
        if let Some(name) = find(value, &list, DEPTH).into_iter().flatten().next() {
            return Self::List(name);
        }
        if is_animal(value) {
            return Self::Sequence;
        }
        if let Some(names) = find(value, &is_animal, DEPTH) {
            return Self::Objects(names);
        }
        let lists = find(value, &any_list, DEPTH).into_iter().flatten();
        lists.map(Self::List).next().unwrap_or(Self::Sequence)
    }

    /// Whether the list after that name holds the animals; `rest` starts with its bracket.
    pub(super) fn is_list(&self, name: &str, rest: &[u8]) -> bool {
        let opens = || rest.iter().skip(1).find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        match self {
            Self::List(wanted) if wanted.is_empty() => opens(),
            Self::List(wanted) => wanted == name && opens(),
            _ => false,
        }
    }

    /// Whether the object after that name is an animal.
    pub(super) fn is_object(&self, name: &str) -> bool {
        matches!(self, Self::Objects(wanted) if wanted.iter().any(|wanted| wanted == name))
    }

    /// Whether nothing follows the first animal.
    pub(super) fn is_single(&self) -> bool {
        matches!(self, Self::Objects(names) if names.len() == 1)
    }
}

/// The names of matching fields in the first object that has any.
fn find(value: &Value, fits: &impl Fn(&Value) -> bool, depth: u8) -> Option<Vec<String>> {
    let fields = || value.as_object().into_iter().flatten();
    let here: Vec<String> = fields()
        .filter(|(_, value)| fits(value))
        .map(|(name, _)| name.clone())
        .collect();
    let deeper = || fields().find_map(|(_, value)| find(value, fits, depth - 1));
    match here.is_empty() {
        false => Some(here),
        true if depth == 0 => None,
        true => deeper(),
    }
}

/// Whether an object has a field that names a species.
fn is_animal(value: &Value) -> bool {
    value.as_object().into_iter().flatten().any(|(name, value)| {
        // In JSON that was made from XML the text is wrapped.
        let text = value.as_str().or_else(|| value.get("$t")?.as_str());
        let species = text.and_then(parse_species);
        species.is_some() && is_species_title(name)
    })
}

fn holds_an_object(bytes: &[u8]) -> bool {
    // The outermost object may be cut off while those within it are complete.
    let mut objects = (0..bytes.len()).filter(|at| bytes.get(*at) == Some(&b'{')).take(3);
    objects.any(|at| bytes.get(at..).and_then(object_length).is_some())
}

/// Number of bytes up to the brace that closes the first one; `None` if it has not been read yet.
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
            Layout::Objects(vec!["animal".to_owned()])
        );
        assert_eq!(
            layout(r#"{"A1": {"species": "Dog"}, "A2": {"species": "Cat"}}"#),
            Layout::Objects(vec!["A1".to_owned(), "A2".to_owned()])
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
