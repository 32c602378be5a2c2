//! What the executor gets of what was asked. That its answers are those of `graphql-js` is tested from outside
//! (`tests/documents`).

use async_graphql::parser::types::{DocumentOperations, Field, Selection, SelectionSet};
use serde_json::{Value as Json, json};

use super::{
    super::{Envelope, Limits},
    Guard,
};

const SDL: &str = r#"
    interface Node { id: ID! near: Node }
    type Pet implements Node { id: ID! near: Node name: String photo: Photo }
    type Photo implements Node { id: ID! near: Node name: String width: Int }
    type Place implements Node { id: ID! near: Node }
    union Seen = Pet | Photo
    input Text { text: String list: [String] }
    type Query { node: Node pet(text: String = "all", input: Text, size: Float): Pet seen: Seen self: Query }
    type Mutation { report(text: String!): Pet }
    type Subscription { pets(text: String): Pet }
"#;

/// The merged document as text, or the code of the refusal.
fn merged(query: &str, variables: Json) -> String {
    let guard = Guard::new(SDL, Limits::default()).unwrap();
    let envelope = Envelope::from_json(json!({ "query": query, "variables": variables })).unwrap();
    let mut request = match guard.check(&envelope) {
        Ok(approved) => approved.request,
        Err(problems) => return problems[0].code.as_str().to_owned(),
    };
    let document = request.parsed_query().unwrap();
    assert!(document.fragments.is_empty());
    let DocumentOperations::Single(operation) = &document.operations else {
        panic!("several operations");
    };
    set(&operation.node.selection_set.node)
}

fn set(set: &SelectionSet) -> String {
    let items = set.items.iter().map(|item| match &item.node {
        Selection::Field(it) => field(&it.node),
        Selection::InlineFragment(it) => {
            let on = &it.node.type_condition.as_ref().unwrap().node.on.node;
            format!("{on}:{}", self::set(&it.node.selection_set.node))
        }
        Selection::FragmentSpread(_) => panic!("a fragment"),
    });
    format!("{{{}}}", items.collect::<Vec<_>>().join(" "))
}

fn field(field: &Field) -> String {
    let alias = field
        .alias
        .as_ref()
        .map(|alias| format!("{alias}=", alias = alias.node));
    let arguments = field
        .arguments
        .iter()
        .map(|(name, value)| format!("({}: {})", name.node, value.node));
    let inner = Some(&field.selection_set.node).filter(|inner| !inner.items.is_empty());
    let parts = [
        alias.unwrap_or_default(),
        field.name.node.to_string(),
        arguments.collect(),
        inner.map(set).unwrap_or_default(),
    ];
    parts.concat()
}

#[test]
fn what_is_selected_twice_is_asked_once_with_all_that_is_selected_in_it() {
    let table = [
        ("{ pet { id } pet { name id } }", "{pet{id name}}"),
        (
            "{ pet { id } a: pet { name } ...F } fragment F on Query { a: pet { id } pet { photo { width } } }",
            "{pet{id photo{width}} a=pet{name id}}",
        ),
        (
            "mutation { ...A ...B } fragment A on Mutation { report(text: \"x\") { id } } fragment B on Mutation { report(text: \"x\") { name } }",
            "{report(text: \"x\"){id name}}",
        ),
        ("{ ... { ... on Query { pet { id } } } pet { id } }", "{pet{id}}"),
        (
            "subscription { ... { ...F } } fragment F on Subscription { pets { id ...P } } fragment P on Pet { id name }",
            "{pets{id name}}",
        ),
    ];
    for (query, expected) in table {
        assert_eq!(merged(query, json!({})), expected, "{query}");
    }
}

#[test]
fn each_type_of_an_interface_or_union_gets_what_is_selected_for_it() {
    let table = [
        (
            "{ node { id ... { __typename id } ... on Node { id } } }",
            "{node{id __typename}}",
        ),
        (
            "{ node { ... on Pet { name } id ... on Photo { width id } } }",
            "{node{Pet:{name id} Photo:{id width} Place:{id}}}",
        ),
        ("{ node { ... on Place { id } } }", "{node{Place:{id}}}"),
        (
            "{ seen { ... on Node { id } ... on Pet { name } } }",
            "{seen{Pet:{id name} Photo:{id}}}",
        ),
        (
            "{ node { near { ... on Pet { name } } ...F } } fragment F on Pet { near { id } }",
            "{node{Pet:{near{Pet:{name id} Photo:{id} Place:{id}}} Photo:{near{Pet:{name}}} Place:{near{Pet:{name}}}}}",
        ),
        ("{ pet { ... on Node { id ... on Photo { width } } } }", "{pet{id}}"),
    ];
    for (query, expected) in table {
        assert_eq!(merged(query, json!({})), expected, "{query}");
    }
}

#[test]
fn what_is_skipped_in_one_place_is_asked_in_another() {
    let query = "query ($no: Boolean = true, $yes: Boolean!) {
        pet @skip(if: $no) { id } ... @include(if: $yes) { pet { name } } ...F @skip(if: $yes) self @include(if: false) { pet { id } }
    } fragment F on Query { pet { photo { id } } }";
    assert_eq!(merged(query, json!({ "yes": true })), "{pet{name}}");
    assert_eq!(merged(query, json!({ "yes": false })), "{pet{photo{id}}}");
    assert_eq!(
        merged(query, json!({ "yes": false, "no": false })),
        "{pet{id photo{id}}}"
    );
    assert_eq!(merged(query, json!({ "yes": false, "no": null })), "BAD_USER_INPUT");
}

#[test]
fn values_stay_what_they_are_and_what_is_left_out_is_left_out() {
    let query = "query ($a: String, $b: String) { pet(text: $a, size: 1.5e2, input: { text: $b, list: [\"x\", null] }) { id } }";
    let rest = "(size: 150.0)(input: {text: $b, list: [\"x\", null]}){id}}";
    assert_eq!(merged(query, json!({})), format!("{{pet{rest}"));
    assert_eq!(merged(query, json!({ "a": null })), format!("{{pet(text: $a){rest}"));
}

#[test]
fn characters_may_be_written_as_escapes_of_any_width() {
    let table = [
        (r#""\u{49}\u0049\u{1F600}\uD83D\uDE00""#, "\"II\u{1F600}\u{1F600}\""),
        (r#""\u{110000}""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\u{}""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\u{49""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\u{D83D}""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\uD83D""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\uD83Dx""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\uDE00\uD83D""#, "GRAPHQL_PARSE_FAILED"),
        (r#""\u004""#, "GRAPHQL_PARSE_FAILED"),
    ];
    for (text, expected) in table {
        let expected = match expected.starts_with('"') {
            true => format!("{{pet(text: {expected}){{id}}}}"),
            false => expected.to_owned(),
        };
        assert_eq!(
            merged(&format!("{{ pet(text: {text}) {{ id }} }}"), json!({})),
            expected,
            "{text}"
        );
    }
    let guard = Guard::new(SDL, Limits::default()).unwrap();
    let query = r#"query ($text: String = "\u{1F415}\uD83D\uDC15") { pet(text: $text) { id } }"#;
    let approved = guard
        .check(&Envelope::from_json(json!({ "query": query })).unwrap())
        .unwrap();
    assert_eq!(
        approved.request.variables["text"],
        async_graphql::Value::from("\u{1F415}\u{1F415}")
    );
}

#[test]
fn types_of_interfaces_that_multiply_are_refused() {
    let nested = format!(
        "{{ node {{ {} id {} }} }}",
        "near { ... on Pet { id } ".repeat(12),
        "}".repeat(12)
    );
    assert_eq!(merged(&nested, json!({})), "QUERY_TOO_COMPLEX");
}
