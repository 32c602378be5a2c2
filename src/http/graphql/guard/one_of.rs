//! `@oneOf` inputs: exactly one field, and not null. The validator does not know the directive.

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Schema,
    ast::Value,
    executable::{Operation, Selection, SelectionSet},
    response::{JsonMap, JsonValue},
    schema::InputObjectType,
};

use super::super::{Code, Problem};

/// Checks every literal of a valid document, each once. A variable that may be null is not allowed in such an input.
pub(super) fn check_document(schema: &Schema, document: &ExecutableDocument) -> Result<(), Problem> {
    let variables = || document.operations.iter().flat_map(|operation| &operation.variables);
    let nullable = variables()
        .filter(|variable| !variable.ty.is_non_null())
        .map(|variable| variable.name.as_str())
        .collect();
    let literals = Literals { schema, nullable };
    for variable in variables() {
        if let Some(default) = &variable.default_value {
            literals.value(variable.ty.inner_named_type(), default)?;
        }
    }
    let sets = document.operations.iter().map(|operation| &operation.selection_set);
    let mut sets = sets.chain(document.fragments.values().map(|fragment| &fragment.selection_set));
    sets.try_for_each(|set| literals.set(set))
}

/// Checks the coerced variables of an operation.
pub(super) fn check_variables(schema: &Schema, operation: &Operation, values: &JsonMap) -> Result<(), Problem> {
    operation
        .variables
        .iter()
        .try_for_each(|variable| match values.get(variable.name.as_str()) {
            Some(value) => check_json(schema, variable.ty.inner_named_type(), value),
            None => Ok(()),
        })
}

struct Literals<'a> {
    schema: &'a Schema,
    nullable: HashSet<&'a str>,
}

impl Literals<'_> {
    fn set(&self, set: &SelectionSet) -> Result<(), Problem> {
        set.selections.iter().try_for_each(|selection| match selection {
            Selection::Field(field) => {
                for argument in &field.arguments {
                    if let Some(definition) = field.definition.argument_by_name(&argument.name) {
                        self.value(definition.ty.inner_named_type(), &argument.value)?;
                    }
                }
                self.set(&field.selection_set)
            }
            Selection::InlineFragment(fragment) => self.set(&fragment.selection_set),
            Selection::FragmentSpread(_) => Ok(()),
        })
    }

    fn value(&self, type_name: &str, value: &Value) -> Result<(), Problem> {
        match value {
            Value::List(items) => items.iter().try_for_each(|item| self.value(type_name, item)),
            Value::Object(fields) => {
                let Some(input) = self.schema.get_input_object(type_name) else {
                    return Ok(());
                };
                if is_one_of(input) && !matches!(fields.as_slice(), [(_, only)] if self.is_set(only)) {
                    return Err(refusal(Code::ValidationFailed, type_name));
                }
                fields
                    .iter()
                    .try_for_each(|(name, value)| match input.fields.get(name) {
                        Some(field) => self.value(field.ty.inner_named_type(), value),
                        None => Ok(()),
                    })
            }
            _ => Ok(()),
        }
    }

    fn is_set(&self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Variable(name) => !self.nullable.contains(name.as_str()),
            _ => true,
        }
    }
}

fn check_json(schema: &Schema, type_name: &str, value: &JsonValue) -> Result<(), Problem> {
    match value {
        JsonValue::Array(items) => items.iter().try_for_each(|item| check_json(schema, type_name, item)),
        JsonValue::Object(fields) => {
            let Some(input) = schema.get_input_object(type_name) else {
                return Ok(());
            };
            if is_one_of(input) && !(fields.len() == 1 && fields.values().all(|only| !only.is_null())) {
                return Err(refusal(Code::BadUserInput, type_name));
            }
            fields
                .iter()
                .try_for_each(|(name, value)| match input.fields.get(name.as_str()) {
                    Some(field) => check_json(schema, field.ty.inner_named_type(), value),
                    None => Ok(()),
                })
        }
        _ => Ok(()),
    }
}

fn is_one_of(input: &InputObjectType) -> bool {
    input.directives.has("oneOf")
}

fn refusal(code: Code, type_name: &str) -> Problem {
    Problem::new(
        code,
        format!("exactly one field of {type_name} must be given, and it must not be null"),
    )
}
