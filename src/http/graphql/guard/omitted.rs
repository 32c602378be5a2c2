//! Arguments whose variable was left out.
//!
//! By the specification such an argument counts as not given, so that its default holds. The executor's library takes
//! null instead, so the guard takes the argument out of the document before it is run.

use apollo_compiler::{executable::Operation, response::JsonMap};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Selection, SelectionSet};

/// The document without the arguments that were left out; `None` when nothing was.
pub(super) fn without(
    document: &ExecutableDocument,
    operation: &Operation,
    values: &JsonMap,
) -> Option<ExecutableDocument> {
    let is_omitted = |name: &str| {
        let declared = operation.variables.iter().any(|variable| variable.name == name);
        declared && !values.contains_key(name)
    };
    if !operation
        .variables
        .iter()
        .any(|variable| is_omitted(variable.name.as_str()))
    {
        return None;
    }
    let mut document = document.clone();
    match &mut document.operations {
        DocumentOperations::Single(operation) => strip(&mut operation.node.selection_set.node, &is_omitted),
        DocumentOperations::Multiple(operations) => {
            operations
                .values_mut()
                .for_each(|operation| strip(&mut operation.node.selection_set.node, &is_omitted));
        }
    }
    for fragment in document.fragments.values_mut() {
        strip(&mut fragment.node.selection_set.node, &is_omitted);
    }
    Some(document)
}

fn strip(set: &mut SelectionSet, is_omitted: &impl Fn(&str) -> bool) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => {
                // The library's type of values that hold variables has no public name; its text is `$` and the name.
                let variable = |text: String| text.strip_prefix('$').is_some_and(is_omitted);
                field
                    .node
                    .arguments
                    .retain(|(_, value)| !variable(value.node.to_string()));
                strip(&mut field.node.selection_set.node, is_omitted);
            }
            Selection::InlineFragment(fragment) => strip(&mut fragment.node.selection_set.node, is_omitted),
            Selection::FragmentSpread(_) => {}
        }
    }
}
