//! What a client sends around a document, over any transport.

use serde_json::{Map, Value};
use url::form_urlencoded;

/// A request as it was sent: the shape is right, nothing else is known yet.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// The document.
    pub query: String,
    /// Which operation of the document.
    pub operation_name: Option<String>,
    /// Values for the operation's variables.
    pub variables: Map<String, Value>,
    /// Whether the document is only named, by its hash or its id in a store. Then `query` is empty.
    pub is_by_name: bool,
}

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
                "query" | "operationName" => Value::String(value.into_owned()),
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
        let extensions = map(object.remove("extensions"), "extensions")?;
        let is_named = extensions.contains_key("persistedQuery") || object.contains_key("documentId");
        let query = text(object.remove("query"), "query")?;
        let is_by_name = is_named && query.as_deref().is_none_or(str::is_empty);
        Ok(Self {
            query: query.or(is_by_name.then(String::new)).ok_or("\"query\" is missing")?,
            is_by_name,
            operation_name: text(object.remove("operationName"), "operationName")?.filter(|name| !name.is_empty()),
            variables: map(object.remove("variables"), "variables")?,
        })
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
                r#"{"query":"{a}","operationName":1}"#,
                "\"operationName\" is not a string",
            ),
        ];
        for (body, expected) in table {
            assert_eq!(Envelope::from_body(body.as_bytes()).unwrap_err(), expected, "{body}");
        }
    }

    #[test]
    fn a_document_may_be_named_instead_of_sent() {
        let hash = r#""extensions":{"persistedQuery":{"version":1,"sha256Hash":"c0fb"}}"#;
        let named = [
            format!("{{{hash}}}"),
            format!(r#"{{"query":"",{hash}}}"#),
            r#"{"documentId":"c0fb"}"#.to_owned(),
        ];
        for body in named {
            assert!(Envelope::from_body(body.as_bytes()).unwrap().is_by_name, "{body}");
        }
        let whole = format!(r#"{{"query":"{{a}}",{hash}}}"#);
        assert!(!Envelope::from_body(whole.as_bytes()).unwrap().is_by_name);
    }

    #[test]
    fn a_query_string_is_decoded() {
        let envelope = Envelope::from_query_string("query=%7Ba%7D&variables=%7B%22n%22%3A1%7D&operationName=").unwrap();
        assert_eq!((envelope.query.as_str(), envelope.operation_name), ("{a}", None));
        assert_eq!(envelope.variables["n"], 1);
    }
}
