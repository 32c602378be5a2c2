//! The document in the executor's own form: one operation, its selections merged as the specification's
//! `CollectFields` says.
//!
//! The executor runs a field as often as it is selected, which for a mutation means twice what was asked once, and puts
//! the answers together afterwards, wrongly where one of them failed. So it gets every field once for each type of
//! object, with all that is selected in it: fragments are expanded, and `@skip` and `@include` have done their work.
//! Arguments whose variable was left out are left out too, so that their defaults hold.

use std::collections::HashMap;

use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    ast::{Argument, DirectiveList, Value},
    executable::{self, Field, Operation, SelectionSet},
    parser::SourceSpan,
    response::{JsonMap, JsonValue},
};
use async_graphql::{
    Name, Pos, Positioned,
    indexmap::IndexMap,
    parser::types::{self as executor, DocumentOperations, Selection, Type, TypeCondition, VariableDefinition},
};
use async_graphql_value::Value as Executable;

use super::{
    super::{Code, Limits, Problem},
    schema::PossibleTypes,
    verdict::Facts,
};

/// The one operation of these facts, as it is with these coerced variables.
pub(super) fn merged(
    (schema, possible): (&Schema, &PossibleTypes),
    facts: &Facts,
    values: &JsonMap,
    limits: &Limits,
) -> Result<executor::ExecutableDocument, Problem> {
    let operation = &*facts.operation;
    let mut merge = Merge {
        schema,
        possible,
        document: &facts.document,
        values,
        limit: limits.merging,
        looked_at: 0,
    };
    let items = merge.set(operation.selection_set.ty.as_str(), &[&operation.selection_set])?;
    let definition = executor::OperationDefinition {
        ty: match operation.operation_type {
            executable::OperationType::Query => executor::OperationType::Query,
            executable::OperationType::Mutation => executor::OperationType::Mutation,
            executable::OperationType::Subscription => executor::OperationType::Subscription,
        },
        variable_definitions: declared(operation),
        directives: Vec::new(),
        selection_set: unplaced(executor::SelectionSet { items }),
    };
    Ok(executor::ExecutableDocument {
        operations: DocumentOperations::Single(unplaced(definition)),
        fragments: HashMap::new(),
    })
}

/// The variables by name and type; their defaults are in the coerced values.
fn declared(operation: &Operation) -> Vec<Positioned<VariableDefinition>> {
    let definition = |variable: &Node<apollo_compiler::ast::VariableDefinition>| {
        Some(unplaced(VariableDefinition {
            name: unplaced(Name::new(&variable.name)),
            var_type: unplaced(Type::new(&variable.ty.to_string())?),
            directives: Vec::new(),
            default_value: None,
        }))
    };
    operation.variables.iter().filter_map(definition).collect()
}

/// Fields by their key in the answer, in the order in which they are first selected.
type Fields<'a> = IndexMap<&'a str, Vec<&'a Node<Field>>>;

struct Merge<'a> {
    schema: &'a Schema,
    possible: &'a PossibleTypes,
    document: &'a ExecutableDocument,
    values: &'a JsonMap,
    limit: u64,
    looked_at: u64,
}

impl<'a> Merge<'a> {
    /// These sets as one, for objects of a type or of an abstract type. Where a fragment narrows an abstract type, each
    /// of its types of objects gets a set of its own.
    fn set(&mut self, on: &str, sets: &[&'a SelectionSet]) -> Result<Vec<Positioned<Selection>>, Problem> {
        let possible = self.possible;
        let Some(types) = possible
            .get(on)
            .filter(|_| sets.iter().any(|set| self.narrows(on, set)))
        else {
            return self.fields(on, sets);
        };
        let mut items = Vec::new();
        for kind in types {
            let of_type = self.fields(kind.as_str(), sets)?;
            if !of_type.is_empty() {
                items.push(unplaced(Selection::InlineFragment(unplaced(
                    executor::InlineFragment {
                        type_condition: Some(unplaced(TypeCondition {
                            on: unplaced(Name::new(kind)),
                        })),
                        directives: Vec::new(),
                        selection_set: unplaced(executor::SelectionSet { items: of_type }),
                    },
                ))));
            }
        }
        Ok(items)
    }

    /// Whether a fragment in the set is for some of the objects of a type only.
    fn narrows(&self, on: &str, set: &'a SelectionSet) -> bool {
        let document = self.document;
        set.selections.iter().any(|selection| match selection {
            executable::Selection::Field(_) => false,
            executable::Selection::InlineFragment(fragment) => {
                let condition = fragment.type_condition.as_deref();
                !self.applies(condition, on) || self.narrows(on, &fragment.selection_set)
            }
            executable::Selection::FragmentSpread(spread) => {
                let fragment = document.fragments.get(&spread.fragment_name);
                fragment.is_some_and(|fragment| {
                    !self.applies(Some(fragment.type_condition()), on) || self.narrows(on, &fragment.selection_set)
                })
            }
        })
    }

    fn fields(&mut self, on: &str, sets: &[&'a SelectionSet]) -> Result<Vec<Positioned<Selection>>, Problem> {
        let mut fields = Fields::new();
        for set in sets {
            self.collect(on, set, &mut fields)?;
        }
        fields
            .values()
            .filter_map(|same| self.field(same).transpose())
            .collect()
    }

    fn collect(&mut self, on: &str, set: &'a SelectionSet, fields: &mut Fields<'a>) -> Result<(), Problem> {
        let document = self.document;
        for selection in &set.selections {
            self.looked_at += 1;
            if self.limit < self.looked_at {
                let what = "fields, those of every possible type counted,";
                return Err(Problem::over(Code::QueryTooComplex, what, self.limit, self.looked_at));
            }
            if !self.is_included(selection.directives())? {
                continue;
            }
            match selection {
                executable::Selection::Field(field) => {
                    fields.entry(field.response_key().as_str()).or_default().push(field);
                }
                executable::Selection::InlineFragment(fragment) => {
                    if self.applies(fragment.type_condition.as_deref(), on) {
                        self.collect(on, &fragment.selection_set, fields)?;
                    }
                }
                executable::Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.fragment_name)
                        && self.applies(Some(fragment.type_condition()), on)
                    {
                        self.collect(on, &fragment.selection_set, fields)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a fragment with this condition is for every object of a type.
    fn applies(&self, condition: Option<&str>, on: &str) -> bool {
        condition.is_none_or(|condition| condition == on || self.schema.is_subtype(condition, on))
    }

    fn is_included(&self, directives: &DirectiveList) -> Result<bool, Problem> {
        let says = |name: &str| {
            let condition = directives.get(name).and_then(|it| it.specified_argument_by_name("if"));
            let Some(condition) = condition else { return Ok(None) };
            match &**condition {
                Value::Boolean(flag) => Ok(Some(*flag)),
                Value::Variable(variable) => match self.values.get(variable.as_str()) {
                    Some(JsonValue::Bool(flag)) => Ok(Some(*flag)),
                    _ => Err(not_said(name, variable).at(self.line_and_column(condition.location()))),
                },
                _ => Ok(None),
            }
        };
        Ok(says("skip")? != Some(true) && says("include")? != Some(false))
    }

    /// Fields with the same key as one; validation has seen to it that they ask for the same.
    fn field(&mut self, same: &[&'a Node<Field>]) -> Result<Option<Positioned<Selection>>, Problem> {
        let Some(first) = same.first() else { return Ok(None) };
        let sets: Vec<&SelectionSet> = same.iter().map(|field| &field.selection_set).collect();
        let items = self.set(first.selection_set.ty.as_str(), &sets)?;
        let given = first.arguments.iter().filter(|argument| !self.is_left_out(argument));
        let arguments = given
            .map(|argument| self.argument(argument))
            .collect::<Result<_, _>>()?;
        let field = executor::Field {
            alias: first.alias.as_ref().map(|alias| unplaced(Name::new(alias))),
            name: unplaced(Name::new(&first.name)),
            arguments,
            directives: Vec::new(),
            selection_set: unplaced(executor::SelectionSet { items }),
        };
        let position = self.position(first.location());
        let field = Positioned::new(field, position);
        Ok(Some(Positioned::new(Selection::Field(field), position)))
    }

    fn is_left_out(&self, argument: &Argument) -> bool {
        matches!(&*argument.value, Value::Variable(name) if !self.values.contains_key(name.as_str()))
    }

    fn argument(&self, argument: &Argument) -> Result<(Positioned<Name>, Positioned<Executable>), Problem> {
        let value =
            value(&argument.value).map_err(|problem| problem.at(self.line_and_column(argument.value.location())))?;
        let name = unplaced(Name::new(&argument.name));
        Ok((name, Positioned::new(value, self.position(argument.value.location()))))
    }

    fn position(&self, span: Option<SourceSpan>) -> Pos {
        self.line_and_column(span).map_or_else(Pos::default, Pos::from)
    }

    fn line_and_column(&self, span: Option<SourceSpan>) -> Option<(usize, usize)> {
        let place = span?.line_column(&self.document.sources)?;
        Some((place.line, place.column))
    }
}

fn unplaced<T>(node: T) -> Positioned<T> {
    Positioned::new(node, Pos::default())
}

fn not_said(directive: &str, variable: &str) -> Problem {
    let message = format!("${variable} is null or missing, but @{directive} needs true or false: send one of them");
    Problem::new(Code::BadUserInput, message)
}

/// A literal, with its variables in it.
fn value(literal: &Value) -> Result<Executable, Problem> {
    Ok(match literal {
        Value::Null => Executable::Null,
        Value::Enum(name) => Executable::Enum(Name::new(name)),
        Value::Variable(name) => Executable::Variable(Name::new(name)),
        Value::String(text) => Executable::String(text.clone()),
        Value::Boolean(flag) => Executable::Boolean(*flag),
        Value::Int(number) => self::number(number.as_str())?,
        Value::Float(number) => self::number(number.as_str())?,
        Value::List(items) => Executable::List(items.iter().map(|item| value(item)).collect::<Result<_, _>>()?),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, field)| Ok((Name::new(name), value(field)?)));
            Executable::Object(fields.collect::<Result<_, Problem>>()?)
        }
    })
}

fn number(text: &str) -> Result<Executable, Problem> {
    let refusal = |_| Problem::new(Code::ValidationFailed, "a number is too large: use one below 1.7e308");
    text.parse().map(Executable::Number).map_err(refusal)
}
