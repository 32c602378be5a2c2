//! Variables between JSON, the guard's library and the executor's. Nesting is bounded by the JSON parser (128).

use apollo_compiler::response::{JsonMap, JsonValue};
use async_graphql::{Name, Value, Variables};
use serde_json::{Map, Value as Json};

/// For the guard, which coerces them.
pub(super) fn to_guard(variables: &Map<String, Json>) -> JsonMap {
    variables
        .iter()
        .map(|(name, value)| (name.as_str().into(), from_json(value)))
        .collect()
}

/// For the executor, after coercion: declared ones only, defaults filled in, the rest absent.
pub(super) fn to_executor(values: &JsonMap) -> Variables {
    let object = values
        .iter()
        .map(|(name, value)| (Name::new(name.as_str()), to_value(value)))
        .collect();
    Variables::from_value(Value::Object(object))
}

fn from_json(value: &Json) -> JsonValue {
    match value {
        Json::Null => JsonValue::Null,
        Json::Bool(flag) => JsonValue::Bool(*flag),
        Json::Number(number) => JsonValue::Number(number.clone()),
        Json::String(text) => JsonValue::String(text.as_str().into()),
        Json::Array(items) => JsonValue::Array(items.iter().map(from_json).collect()),
        Json::Object(fields) => JsonValue::Object(
            fields
                .iter()
                .map(|(name, value)| (name.as_str().into(), from_json(value)))
                .collect(),
        ),
    }
}

fn to_value(value: &JsonValue) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(flag) => Value::Boolean(*flag),
        JsonValue::Number(number) => Value::Number(number.clone()),
        JsonValue::String(text) => Value::String(text.as_str().to_owned()),
        JsonValue::Array(items) => Value::List(items.iter().map(to_value).collect()),
        JsonValue::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| (Name::new(name.as_str()), to_value(value)));
            Value::Object(fields.collect())
        }
    }
}
