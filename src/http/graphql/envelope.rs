//! What a client sends around a document, over any transport.

use serde_json::{Map, Value};
use url::form_urlencoded;

/// A request as it was sent: the shape is right, nothing else is known yet.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// The document; empty if it is only named.
    pub query: String,
    /// What the document is called.
    pub name: Option<DocumentName>,
    /// Which operation of the document.
    pub operation_name: Option<String>,
    /// Values for the operation's variables.
    pub variables: Map<String, Value>,
}

/// What a client calls a document that it need not send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentName {
    /// `extensions.persistedQuery.sha256Hash`: its hash, or its id among the trusted documents.
    Hash(String),
    /// `documentId`: its id among the trusted documents.
    Id(String),
}

/// What clients call the id of a document: the proposed appendix of GraphQL over HTTP, and examples for Relay.
const IDS: [&str; 3] = ["documentId", "doc_id", "id"];

impl Envelope {
    /// Reads the JSON body of a POST. The error says what is wrong with it.
    pub fn from_body(body: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(body) {
            Ok(value) => Self::from_json(value),
            Err(_) => Err("the body is not JSON".into()),
        }
    }

    /// Reads the query string of a GET, where an empty parameter is as good as none.
    pub fn from_query_string(query: &str) -> Result<Self, String> {
        let mut object = Map::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            let value = match &*name {
                "query" | "operationName" | "documentId" | "doc_id" | "id" => Value::String(value.into_owned()),
                "variables" | "extensions" => {
                    serde_json::from_str(&value).map_err(|_| format!("\"{name}\" is not JSON"))?
                }
                _ => continue,
            };
            object.insert(name.into_owned(), value);
        }
        Self::from_json(Value::Object(object))
    }

    /// Reads a JSON object; properties it does not know are ignored.
    pub fn from_json(value: Value) -> Result<Self, String> {
        let Value::Object(mut object) = value else {
            return Err("a request must be one JSON object: batches are not supported".into());
        };
        let mut extensions = map(object.remove("extensions"), "extensions")?;
        let hash = extensions.remove("persistedQuery").map(hash).transpose()?;
        let id = IDS.iter().find_map(|name| id(object.remove(*name)));
        let name = hash.or(id);
        let query = text(object.remove("query"), "query")?;
        Ok(Self {
            query: query
                .or(name.as_ref().map(|_| String::new()))
                .ok_or("\"query\" is missing")?,
            name,
            operation_name: text(object.remove("operationName"), "operationName")?.filter(|name| !name.is_empty()),
            variables: map(object.remove("variables"), "variables")?,
        })
    }
}

/// Reads Apollo's extension.
fn hash(extension: Value) -> Result<DocumentName, String> {
    match (&extension["version"], &extension["sha256Hash"]) {
        (Value::Number(version), Value::String(hash)) if version.as_u64() == Some(1) => {
            Ok(DocumentName::Hash(hash.clone()))
        }
        _ => Err("\"persistedQuery\" is not { \"version\": 1, \"sha256Hash\": … }".into()),
    }
}

/// Reads an id. Clients use these properties for ids of other kinds too, so what is no text is none.
fn id(value: Option<Value>) -> Option<DocumentName> {
    match value {
        Some(Value::String(id)) if !id.is_empty() => Some(DocumentName::Id(id)),
        _ => None,
    }
}

fn text(value: Option<Value>, name: &str) -> Result<Option<String>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("\"{name}\" is not a string")),
    }
}

fn map(value: Option<Value>, name: &str) -> Result<Map<String, Value>, String> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(format!("\"{name}\" is not an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_HASH: &str = "\"persistedQuery\" is not { \"version\": 1, \"sha256Hash\": … }";

    #[test]
    fn null_and_absent_are_alike_and_unknown_properties_are_ignored() {
        let body = br#"{"query":"{a}","operationName":null,"variables":null,"extensions":null,"doc_id":7}"#;
        let envelope = Envelope::from_body(body).unwrap();
        assert_eq!(
            (
                envelope.query.as_str(),
                envelope.operation_name,
                envelope.variables.len()
            ),
            ("{a}", None, 0)
        );
    }

    #[test]
    fn every_wrong_shape_is_named() {
        let table = [
            ("{", "the body is not JSON"),
            ("[]", "a request must be one JSON object: batches are not supported"),
            ("{}", "\"query\" is missing"),
            (r#"{"query":1}"#, "\"query\" is not a string"),
            (r#"{"query":"{a}","variables":[]}"#, "\"variables\" is not an object"),
            (r#"{"query":"{a}","extensions":""}"#, "\"extensions\" is not an object"),
            (
                r#"{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"c0"}}}"#,
                NO_HASH,
            ),
            (r#"{"query":"{a}","extensions":{"persistedQuery":true}}"#, NO_HASH),
            (
                r#"{"query":"{a}","operationName":1}"#,
                "\"operationName\" is not a string",
            ),
        ];
        for (body, expected) in table {
            assert_eq!(Envelope::from_body(body.as_bytes()).unwrap_err(), expected, "{body}");
        }
    }

    #[test]
    fn a_document_may_be_named_beside_it_or_instead() {
        let hash = r#""extensions":{"persistedQuery":{"version":1,"sha256Hash":"c0fb"}}"#;
        let (by_hash, by_id) = (DocumentName::Hash("c0fb".into()), DocumentName::Id("c0fb".into()));
        let table = [
            (format!("{{{hash}}}"), "", Some(&by_hash)),
            (format!(r#"{{"query":"",{hash}}}"#), "", Some(&by_hash)),
            (format!(r#"{{"query":"{{a}}","id":"x",{hash}}}"#), "{a}", Some(&by_hash)),
            (r#"{"documentId":"c0fb"}"#.to_owned(), "", Some(&by_id)),
            (r#"{"query":null,"doc_id":"c0fb"}"#.to_owned(), "", Some(&by_id)),
            (r#"{"id":"c0fb"}"#.to_owned(), "", Some(&by_id)),
            (r#"{"query":"{a}","id":7,"documentId":""}"#.to_owned(), "{a}", None),
        ];
        for (body, query, name) in table {
            let envelope = Envelope::from_body(body.as_bytes()).unwrap();
            assert_eq!(
                (envelope.query.as_str(), envelope.name.as_ref()),
                (query, name),
                "{body}"
            );
        }
    }

    #[test]
    fn a_query_string_is_decoded() {
        let envelope = Envelope::from_query_string("query=%7Ba%7D&variables=%7B%22n%22%3A1%7D&operationName=").unwrap();
        assert_eq!((envelope.query.as_str(), envelope.operation_name), ("{a}", None));
        assert_eq!(envelope.variables["n"], 1);
    }
}
