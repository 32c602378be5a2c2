//! The list of trusted documents, as build tools of clients write it.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::{Guard, Problem};

/// What the file of Apollo's tools says that it is.
const FORMAT: &str = "apollo-persisted-query-manifest";

/// Begins an id that is a SHA-256; lists mostly have the digest alone.
const SHA256: &str = "sha256:";

/// Documents by their ids. All of them have passed the guard.
#[derive(Debug, Default)]
pub struct TrustedDocuments(HashMap<String, String>);

/// A manifest of Apollo's; of its other properties nothing is needed.
#[derive(Deserialize)]
struct Manifest {
    version: u64,
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl TrustedDocuments {
    /// Reads a manifest of Apollo's, or an object of ids and documents. The error says what is wrong, and with which document.
    pub fn from_json(text: &str, guard: &Guard) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))?;
        let documents = match value {
            Value::Object(map) if map.get("format").is_some_and(|format| format == FORMAT) => of_apollo(map)?,
            Value::Object(map) => of_map(map)?,
            _ => {
                return Err("it is neither a manifest of Apollo's nor an object of ids and documents".into());
            }
        };
        let mut trusted = HashMap::new();
        for (id, document) in documents {
            guard
                .check_document(&document)
                .map_err(|problems| refused(&id, &problems))?;
            if trusted
                .insert(id.clone(), document.clone())
                .is_some_and(|other| other != document)
            {
                return Err(format!("two documents have the id \"{id}\""));
            }
        }
        match trusted.is_empty() {
            true => Err("it holds no document".into()),
            false => Ok(Self(trusted)),
        }
    }

    /// The document with that id.
    pub fn get(&self, id: &str) -> Option<&str> {
        let found = self.0.get(id).or_else(|| self.0.get(id.strip_prefix(SHA256)?));
        found.map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn of_apollo(map: Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    let manifest: Manifest = serde_json::from_value(Value::Object(map))
        .map_err(|error| format!("it is no manifest of Apollo's: {error}"))?;
    if manifest.version != 1 {
        return Err(format!("its version is {}; only 1 is known", manifest.version));
    }
    let operations = manifest.operations.into_iter();
    Ok(operations.map(|operation| (operation.id, operation.body)).collect())
}

fn of_map(map: Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    map.into_iter()
        .map(|(id, document)| match document {
            Value::String(document) => Ok((id, document)),
            _ => Err(format!("what it has for \"{id}\" is not the text of a document")),
        })
        .collect()
}

fn refused(id: &str, problems: &[Problem]) -> String {
    let Some(Problem {
        code,
        message,
        location,
        ..
    }) = problems.first()
    else {
        return format!("the document \"{id}\" is refused");
    };
    let place = location.map(|(line, column)| format!(", line {line}, column {column}"));
    format!(
        "the document \"{id}\" would be refused with {}{}: {message}",
        code.as_str(),
        place.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::graphql::Limits;

    fn read(text: &str) -> Result<TrustedDocuments, String> {
        let guard = Guard::new("type Query { a: Int }", Limits::default()).unwrap();
        TrustedDocuments::from_json(text, &guard)
    }

    #[test]
    fn both_forms_of_a_list_are_read() {
        let apollo = r#"{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [
            { "id": "c0", "name": "A", "type": "query", "clientName": null, "body": "query A { a }" } ] }"#;
        for list in [apollo, r#"{ "c0": "query A { a }" }"#] {
            let trusted = read(list).unwrap();
            for id in ["c0", "sha256:c0"] {
                assert_eq!(trusted.get(id), Some("query A { a }"), "{list}");
            }
            assert_eq!(trusted.get("c1"), None);
        }
    }

    #[test]
    fn a_list_that_cannot_be_used_is_refused_with_the_document() {
        let manifest = |rest: &str| format!(r#"{{ "format": "apollo-persisted-query-manifest", {rest} }}"#);
        let twice = r#""version": 1, "operations": [{ "id": "c0", "body": "{a}" }, { "id": "c0", "body": "{ a }" }]"#;
        for (list, expected) in [
            ("{", "it is not JSON"),
            ("[]", "neither"),
            ("{}", "no document"),
            (r#"{ "c0": 1 }"#, "\"c0\" is not the text"),
            (
                r#"{ "c0": "{" }"#,
                "\"c0\" would be refused with GRAPHQL_PARSE_FAILED, line 1",
            ),
            (
                r#"{ "c0": "{ b }" }"#,
                "\"c0\" would be refused with GRAPHQL_VALIDATION_FAILED, line 1",
            ),
            (&manifest(r#""version": 2, "operations": []"#), "version is 2"),
            (&manifest(r#""version": 1"#), "operations"),
            (&manifest(twice), "two documents have the id \"c0\""),
        ] {
            let error = read(list).unwrap_err();
            assert!(error.contains(expected), "{list}: {error}");
        }
    }
}
