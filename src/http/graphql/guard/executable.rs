//! The document in the executor's own form, with nothing in it but the operation that will run.
//!
//! The executor looks at every operation of a document on every request, and streams only those root fields of a
//! subscription that are not behind a fragment; both are put right here, once per document.

use async_graphql::{
    Positioned,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationType, Selection, SelectionSet},
    },
};

use super::super::{Code, Problem};

/// Parses a document that the guard has found valid and keeps one operation of it.
pub(super) fn extract(query: &str, operation_name: Option<&str>) -> Result<ExecutableDocument, Problem> {
    let refusal = || Problem::new(Code::ParseFailed, "the document cannot be read");
    let mut document = parse_query(query).map_err(|_| refusal())?;
    let operation = match (document.operations, operation_name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(mut operations), Some(name)) => operations.remove(name),
        (DocumentOperations::Multiple(operations), None) => operations.into_values().next(),
    };
    let mut operation = operation.ok_or_else(refusal)?;
    document.operations = DocumentOperations::Single(operation.clone());
    if operation.node.ty == OperationType::Subscription {
        let field = first_field(&document, &operation.node.selection_set.node).ok_or_else(refusal)?;
        operation.node.selection_set.node.items = vec![field];
        document.operations = DocumentOperations::Single(operation);
    }
    Ok(document)
}

/// The one root field of a subscription, through any fragments; validation has seen to it that there is one.
fn first_field(document: &ExecutableDocument, set: &SelectionSet) -> Option<Positioned<Selection>> {
    let mut set = set;
    loop {
        let selection = set.items.first()?;
        set = match &selection.node {
            Selection::Field(_) => return Some(selection.clone()),
            Selection::InlineFragment(fragment) => &fragment.node.selection_set.node,
            Selection::FragmentSpread(spread) => {
                &document
                    .fragments
                    .get(&spread.node.fragment_name.node)?
                    .node
                    .selection_set
                    .node
            }
        };
    }
}
