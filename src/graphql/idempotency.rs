//! Builds the idempotency key of a mutation's input.

use async_graphql::InputType;
use serde_json::Value as Json;

use crate::deps::IdempotencyKey;

/// The idempotency key of an input, if it has one. The input is hashed with the field names of the schema, which
/// clients rely on, and with default values filled in.
pub fn idempotency_key(key: Option<&str>, input: &impl InputType) -> Option<IdempotencyKey> {
    let key = key?;
    let mut asked = input.to_value().into_json().unwrap_or(Json::Null);
    if let Json::Object(fields) = &mut asked {
        fields.remove("idempotencyKey");
    }
    Some(IdempotencyKey::new(key, asked))
}

#[cfg(test)]
mod tests {
    use async_graphql::{ID, InputObject};

    use super::*;

    #[derive(InputObject)]
    struct AskInput {
        pet_id: ID,
        #[graphql(name = "note")]
        renamed: Option<String>,
        #[graphql(default = false)]
        urgent: bool,
        idempotency_key: Option<String>,
    }

    fn ask(key: &str) -> AskInput {
        AskInput {
            pet_id: ID::from("pet_1"),
            renamed: None,
            urgent: false,
            idempotency_key: Some(key.to_owned()),
        }
    }

    #[test]
    fn an_input_is_known_by_the_names_of_the_schema_without_its_key() {
        let input = ask("k");

        let key = idempotency_key(input.idempotency_key.as_deref(), &input).unwrap();

        let asked = serde_json::json!({ "petId": "pet_1", "urgent": false });
        assert_eq!(key, IdempotencyKey::new("k", asked));
    }

    #[test]
    fn an_input_without_a_key_has_none() {
        assert_eq!(idempotency_key(None, &ask("k")), None);
    }
}
