//! What can be said about a document without its variables.

use std::sync::Arc;

use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    ast::Document,
    executable::Operation,
    parser::Parser,
    validation::{DiagnosticList, Valid},
};
use apollo_parser::{
    SyntaxNode,
    cst::{self, CstNode},
};
use sha2::{Digest, Sha256};

use super::{
    super::{Code, Limits, Problem},
    Kind, one_of, weight,
};
use crate::kernel::cache::Key;

/// A document that may run, or what is wrong with it.
pub(super) type Verdict = Result<Arc<Facts>, Vec<Problem>>;

/// What is known about an operation that may run.
#[derive(Debug)]
pub(super) struct Facts {
    pub document: Valid<ExecutableDocument>,
    pub operation: Node<Operation>,
    pub kind: Kind,
}

/// The key of an operation. A digest that nobody can find two documents for, since a verdict is trusted blindly.
pub(super) fn key(query: &str, operation_name: Option<&str>) -> Key {
    let mut digest = Sha256::new();
    if let Some(name) = operation_name {
        digest.update(name);
    }
    // No GraphQL name has this byte in it, so the two parts cannot be confused.
    digest.update(match operation_name {
        Some(_) => [1],
        None => [0],
    });
    digest.update(query);
    digest.finalize().into()
}

/// Looks at an operation from scratch.
pub(super) fn reach(
    schema: &Valid<Schema>,
    limits: &Limits,
    query: &str,
    operation_name: Option<&str>,
) -> Result<Facts, Vec<Problem>> {
    let document = document(schema, limits, query)?;
    let operation = document
        .operations
        .get(operation_name)
        .map_err(|_| vec![unresolved(operation_name)])?
        .clone();
    Ok(Facts {
        kind: operation.operation_type.into(),
        operation,
        document,
    })
}

/// Looks at a document from scratch. The order matters: each step may rely on what the ones before it have bounded.
pub(super) fn document(
    schema: &Valid<Schema>,
    limits: &Limits,
    query: &str,
) -> Result<Valid<ExecutableDocument>, Vec<Problem>> {
    let syntax = parse(limits, query)?;
    let typed = syntax.to_executable(schema);
    let document = typed.as_ref().unwrap_or_else(|refused| &refused.partial);
    weight::check(document, limits).map_err(|problem| vec![problem])?;
    let document = match typed {
        Ok(document) => document.validate(schema),
        Err(_) => syntax.to_executable_validate(schema),
    };
    let document = document.map_err(|refused| problems(Code::ValidationFailed, &refused.errors, limits))?;
    one_of::check_document(schema, &document).map_err(|problem| vec![problem])?;
    Ok(document)
}

fn parse(limits: &Limits, query: &str) -> Result<Document, Vec<Problem>> {
    let mut parser = Parser::new()
        .recursion_limit(limits.recursion)
        .token_limit(limits.tokens);
    let parsed = parser.parse_ast(query, "document");
    let (tokens, levels) = (parser.tokens_reached(), parser.recursion_reached());
    if limits.tokens < tokens {
        let limit = limits.tokens as u64;
        let message = format!("the document has more than {limit} tokens");
        return Err(vec![Problem::new(Code::DocumentTooLarge, message).with("limit", limit)]);
    }
    if limits.recursion < levels {
        let limit = limits.recursion as u64;
        let message = format!("the document has more than {limit} levels of brackets");
        return Err(vec![Problem::new(Code::QueryTooDeep, message).with("limit", limit)]);
    }
    let document = parsed.map_err(|refused| problems(Code::ParseFailed, &refused.errors, limits))?;
    every_name_has_a_value(limits, query)?;
    let (limit, value) = (limits.definitions as u64, document.definitions.len() as u64);
    match limit < value {
        true => Err(vec![Problem::over(Code::QueryTooComplex, "definitions", limit, value)]),
        false => Ok(document),
    }
}

/// The parser takes `pets(first last: 2)` and `{ name: "x", hidden }`, and leaves such an argument or field of an object out without a
/// word: a client would get what it did not ask for.
fn every_name_has_a_value(limits: &Limits, query: &str) -> Result<(), Vec<Problem>> {
    let parser = apollo_parser::Parser::new(query)
        .recursion_limit(limits.recursion)
        .token_limit(limits.tokens);
    let tree = parser.parse().document().syntax().clone();
    let Some(bare) = tree.descendants().find(has_no_value) else {
        return Ok(());
    };
    let before = query.get(..bare.text_range().start().into()).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let place = (before.matches('\n').count() + 1, line.chars().count() + 1);
    let message = format!("syntax error: \"{}\" has no value", bare.text().to_string().trim());
    Err(vec![Problem::new(Code::ParseFailed, message).at(Some(place))])
}

fn has_no_value(node: &SyntaxNode) -> bool {
    cst::Argument::cast(node.clone()).is_some_and(|argument| argument.value().is_none())
        || cst::ObjectField::cast(node.clone()).is_some_and(|field| field.value().is_none())
}

fn problems(code: Code, errors: &DiagnosticList, limits: &Limits) -> Vec<Problem> {
    let problem = |message: String, location| Problem::new(code, message).at(location);
    let mut problems: Vec<Problem> = errors
        .iter()
        .take(limits.errors)
        .map(|error| {
            let location = error
                .line_column_range()
                .map(|range| (range.start.line, range.start.column));
            problem(error.error.to_string(), location)
        })
        .collect();
    if problems.is_empty() {
        problems.push(problem("the document is not valid".into(), None));
    }
    problems
}

fn unresolved(operation_name: Option<&str>) -> Problem {
    let message = match operation_name {
        Some(name) => format!("the document has no operation \"{name}\""),
        None => "the document has several operations; say which in operationName".into(),
    };
    Problem::new(Code::ValidationFailed, message)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{super::Envelope, Guard, tests::SDL},
        *,
    };

    #[test]
    fn the_same_document_with_another_operation_is_another_key() {
        assert_ne!(key("{a}", None), key("{a}", Some("A")));
        assert_ne!(key("{a}", Some("")), key("{a}", None));
    }

    #[test]
    fn a_name_without_a_value_is_refused_at_its_place() {
        let guard = Guard::new(SDL, Limits::default()).unwrap();
        for (query, place) in [
            ("{ pets(first last: 2) { totalCount } }", (1, 8)),
            ("{ pets(first) { totalCount } }", (1, 8)),
            ("{\n  save(input: { name: \"x\", note }) }", (2, 28)),
            ("{ hello @skip(if) }", (1, 15)),
        ] {
            let envelope = Envelope {
                query: query.to_owned(),
                ..Envelope::default()
            };
            let problem = guard.check(&envelope).unwrap_err().remove(0);
            assert_eq!(
                (problem.code, problem.location),
                (Code::ParseFailed, Some(place)),
                "{query}"
            );
            assert!(problem.message.ends_with("has no value"), "{}", problem.message);
        }
    }
}
