//! How much a document asks for, with its fragments expanded, in time linear in its text.
//!
//! Fragments that use each other twice double with every step: one kilobyte can stand for a million fields. Each
//! fragment is therefore weighed once and its weight added wherever it is used; sums saturate. The pass runs before
//! validation, so a cycle of fragments must not trap it: a fragment weighs nothing while it is being weighed.

use std::collections::HashMap;

use apollo_compiler::{
    ExecutableDocument,
    executable::{Operation, Selection, SelectionSet},
};

use super::super::{Code, Limits, Problem};

/// The fields of introspection whose lists multiply when they are nested.
const LISTS: [&str; 5] = ["types", "fields", "interfaces", "possibleTypes", "inputFields"];

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Weight {
    depth: u64,
    nesting: u64,
    fields: u64,
    aliases: u64,
    directives: u64,
    roots: u64,
    schemas: u64,
    schema_types: u64,
    introspection_lists: u64,
}

/// Refuses a document any operation of which is over a limit.
pub(super) fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), Problem> {
    let (limit, value) = (limits.operations as u64, document.operations.len() as u64);
    if limit < value {
        return Err(Problem::over(Code::QueryTooComplex, "operations", limit, value));
    }
    let mut scale = Scale {
        document,
        known: HashMap::new(),
    };
    document
        .operations
        .iter()
        .try_for_each(|operation| scale.operation(operation).within(limits))
}

impl Weight {
    fn within(self, limits: &Limits) -> Result<(), Problem> {
        let table = [
            (Code::QueryTooDeep, "levels of fields", limits.depth, self.depth),
            (
                Code::QueryTooDeep,
                "levels of fields and fragments",
                limits.nesting,
                self.nesting,
            ),
            (Code::QueryTooComplex, "fields", limits.fields, self.fields),
            (Code::TooManyAliases, "aliases", limits.aliases, self.aliases),
            (
                Code::TooManyDirectives,
                "directives",
                limits.directives,
                self.directives,
            ),
            (Code::QueryTooComplex, "root fields", limits.roots, self.roots),
            (
                Code::QueryTooComplex,
                "selections of __schema",
                limits.schemas,
                self.schemas,
            ),
            (
                Code::QueryTooComplex,
                "selections of __type",
                limits.schema_types,
                self.schema_types,
            ),
            (
                Code::QueryTooComplex,
                "nested lists of introspection",
                limits.introspection_lists,
                self.introspection_lists,
            ),
        ];
        match table.into_iter().find(|(_, _, limit, value)| limit < value) {
            Some((code, what, limit, value)) => Err(Problem::over(code, what, limit, value)),
            None => Ok(()),
        }
    }

    /// Adds the weight of one selection to that of its set.
    fn add(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.nesting = self.nesting.max(other.nesting);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.roots = self.roots.saturating_add(other.roots);
        self.schemas = self.schemas.saturating_add(other.schemas);
        self.schema_types = self.schema_types.saturating_add(other.schema_types);
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
    }
}

struct Scale<'a> {
    document: &'a ExecutableDocument,
    known: HashMap<&'a str, Weight>,
}

impl<'a> Scale<'a> {
    fn operation(&mut self, operation: &'a Operation) -> Weight {
        let mut weight = self.set(&operation.selection_set);
        let on_variables: usize = operation
            .variables
            .iter()
            .map(|variable| variable.directives.len())
            .sum();
        weight.directives = weight
            .directives
            .saturating_add((operation.directives.len() + on_variables) as u64);
        weight
    }

    fn set(&mut self, set: &'a SelectionSet) -> Weight {
        let mut total = Weight::default();
        for selection in &set.selections {
            let mut weight = match selection {
                Selection::Field(field) => {
                    let is_introspection = set.ty.starts_with("__");
                    let mut weight = self.set(&field.selection_set);
                    weight.depth += u64::from(!is_introspection);
                    weight.introspection_lists += u64::from(is_introspection && LISTS.contains(&field.name.as_str()));
                    weight.aliases = weight.aliases.saturating_add(u64::from(field.alias.is_some()));
                    weight.roots = 1;
                    weight.schemas += u64::from(field.name == "__schema");
                    weight.schema_types += u64::from(field.name == "__type");
                    weight
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.selection_set),
                Selection::FragmentSpread(spread) => self.fragment(spread.fragment_name.as_str()),
            };
            // Fragments count as fields, or chains of empty ones would be free.
            weight.fields = weight.fields.saturating_add(1);
            weight.nesting = weight.nesting.saturating_add(1);
            weight.directives = weight.directives.saturating_add(selection.directives().len() as u64);
            total.add(weight);
        }
        total
    }

    fn fragment(&mut self, name: &'a str) -> Weight {
        if let Some(weight) = self.known.get(name) {
            return *weight;
        }
        self.known.insert(name, Weight::default());
        let weight = match self.document.fragments.get(name) {
            Some(fragment) => self.set(&fragment.selection_set),
            None => Weight::default(),
        };
        self.known.insert(name, weight);
        weight
    }
}
