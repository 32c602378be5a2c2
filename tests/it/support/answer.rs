//! Responses to requests.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// A response from `/graphql`, over HTTP or as one message of a subscription.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status; 200 on a socket.
    pub status: u16,
    /// HTTP headers; none on a socket.
    pub headers: HeaderMap,
    /// `{ data, errors, extensions }`.
    pub body: Value,
}

impl Answer {
    /// The response's data; null if there is none.
    pub fn data(&self) -> &Value {
        &self.body["data"]
    }
}

/// The codes of the errors, in order.
pub fn codes(answer: &Answer) -> Vec<String> {
    let errors = answer.body["errors"].as_array().map_or(&[][..], Vec::as_slice);
    let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or("(no code)").to_owned();
    errors.iter().map(code).collect()
}

/// The `userErrors` of all root fields as `input.name TOO_LONG`, or only the code if the error concerns the whole
/// input. The query must select `userErrors { field code }`.
pub fn user_errors(answer: &Answer) -> Vec<String> {
    let roots = answer.data().as_object().into_iter().flat_map(|roots| roots.values());
    let faults = roots.filter_map(|payload| payload["userErrors"].as_array()).flatten();
    faults.map(fault).collect()
}

fn fault(fault: &Value) -> String {
    let code = fault["code"]
        .as_str()
        .expect("the query does not ask for the code of userErrors");
    let path = fault["field"]
        .as_array()
        .expect("the query does not ask for the field of userErrors");
    let path: Vec<&str> = path.iter().filter_map(Value::as_str).collect();
    if path.is_empty() {
        code.to_owned()
    } else {
        format!("{} {code}", path.join("."))
    }
}
