//! What the guard lets through, what it refuses, and what it hands on.

use async_graphql::Value;
use serde_json::{Value as Json, json};

use super::super::{Code, Envelope, Limits, Problem};
use super::{Approved, Guard, Kind};

/// A schema with everything the guard has rules about.
pub(super) const SDL: &str = r#"
    scalar Email @specifiedBy(url: "https://example.org/email")
    directive @oneOf on INPUT_OBJECT
    input Circle { radius: Float! }
    input Area @oneOf { circle: Circle name: String areas: [Area!] }
    input PetInput { name: String! note: String email: Email count: Int = 3 area: Area }
    type Pet { id: ID! name: String tags: [String!]! photos: [Photo!]! friends(first: Int, last: Int): PetConnection! }
    type Photo { id: ID! pet: Pet! }
    type PetConnection { nodes: [Pet!]! totalCount: Int }
    type Query {
        hello: String
        self: Query
        pet: Pet
        pets(first: Int, last: Int): PetConnection!
        similar(first: Int = 10): [Pet!]!
        petMap: PetMap
        nodes(ids: [ID!]!): [Pet]!
        area(input: Area!): String
        save(input: PetInput): String
        search(first: Int, filter: PetFilter): PetConnection!
        petHeatmap(filter: PetFilter): [Photo!]!
    }
    enum Status { OPEN CLOSED }
    input PetFilter { text: String breed: String statuses: [Status!] }
    type PetMap { pets: [Pet!]! }
    type Mutation { save(input: PetInput!): String }
    type Subscription { tick: Int tock: Int }
"#;

fn guard() -> Guard {
    Guard::new(SDL, Limits::default()).unwrap()
}

fn envelope(query: &str, variables: Json) -> Envelope {
    Envelope::from_json(json!({ "query": query, "variables": variables })).unwrap()
}

fn check(query: &str, variables: Json) -> Result<Approved, Vec<Problem>> {
    guard().check(&envelope(query, variables))
}

fn code(query: &str, variables: Json) -> &'static str {
    match check(query, variables) {
        Ok(_) => "OK",
        Err(problems) => problems[0].code.as_str(),
    }
}

fn cost(query: &str, variables: Json) -> u64 {
    check(query, variables).unwrap().cost
}

#[test]
fn each_limit_answers_with_its_own_code() {
    let many = |what: &str, times: usize| what.repeat(times);
    let table = [
        (format!("{{ {} hello {} }}", many("self { ", 15), many("}", 15)), "OK"),
        (
            format!("{{ {} hello {} }}", many("self { ", 16), many("}", 16)),
            "QUERY_TOO_DEEP",
        ),
        (format!("{{ self {{ {} }} }}", many("hello ", 999)), "OK"),
        (
            format!("{{ self {{ {} }} }}", many("hello ", 1_000)),
            "QUERY_TOO_COMPLEX",
        ),
        (format!("{{ {} }}", many("hello ", 31)), "QUERY_TOO_COMPLEX"),
        (
            format!("{{ ...F }} fragment F on Query {{ {} }}", many("hello ", 31)),
            "QUERY_TOO_COMPLEX",
        ),
        (
            format!("{{ self {{ {} }} }}", many("a: hello ", 61)),
            "TOO_MANY_ALIASES",
        ),
        (
            format!("{{ self {{ {} }} }}", many("hello @skip(if: false) ", 51)),
            "TOO_MANY_DIRECTIVES",
        ),
        (
            format!("{{ self {{ {} }} }}", many("hello ", 4_000)),
            "DOCUMENT_TOO_LARGE",
        ),
        (format!("{{ hello }} #{}", many("x", 65_536)), "DOCUMENT_TOO_LARGE"),
        (format!("{{ save(input: {}) }}", many("[", 4_000)), "DOCUMENT_TOO_LARGE"),
        (
            format!("{{ save(input: {}{}) }}", many("[", 100), many("]", 100)),
            "QUERY_TOO_DEEP",
        ),
        (
            "{ pets(first: 100) { nodes { friends(first: 100) { nodes { id name tags } } } } }".into(),
            "OK",
        ),
        (
            "{ pets(first: 100) { nodes { friends(first: 100) { nodes { id name tags photos { id } } } } } }".into(),
            "QUERY_TOO_COMPLEX",
        ),
    ];
    for (query, expected) in table {
        assert_eq!(code(&query, json!({})), expected, "{}", &query[..query.len().min(80)]);
    }
}

#[test]
fn a_limit_names_itself_and_the_value() {
    let query = format!("{{ self {{ {} }} }}", "a: hello ".repeat(61));
    let problem = check(&query, json!({})).unwrap_err().remove(0);
    assert_eq!(problem.details, [("limit", json!(60)), ("value", json!(61))]);
}

#[test]
fn a_price_is_multiplied_by_the_page_sizes_around_it() {
    let table = [
        ("{ hello }", json!({}), 1),
        ("{ pets { totalCount } }", json!({}), 21),
        ("{ pets(last: 3) { totalCount } }", json!({}), 4),
        ("query ($n: Int) { pets(first: $n) { totalCount } }", json!({}), 21),
        (
            "query ($n: Int) { pets(first: $n) { totalCount } }",
            json!({ "n": 7 }),
            8,
        ),
        ("query ($n: Int = 9) { pets(first: $n) { totalCount } }", json!({}), 10),
        ("{ similar { id } }", json!({}), 11),
        ("{ similar(first: -5) { id } }", json!({}), 2),
        ("{ nodes(ids: [1, 2, 3]) { id } }", json!({}), 4),
        (
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            json!({ "ids": ["a", "b"] }),
            3,
        ),
        ("{ pets(first: 4) { nodes { id } } }", json!({}), 9),
        (
            "{ pets(first: 4) { ...F } } fragment F on PetConnection { nodes { photos { id } } }",
            json!({}),
            29,
        ),
        ("{ similar(first: 4) { photos { id } } }", json!({}), 25),
        ("{ pet { tags photos { id } } }", json!({}), 8),
        ("{ pet { ...F } } fragment F on Pet { photos { id } }", json!({}), 7),
        ("{ petMap { pets { id } } }", json!({}), 402),
        (
            "{ petMap { ...F } } fragment F on PetMap { pets { photos { id } } }",
            json!({}),
            902,
        ),
        ("{ __schema { types { name fields { name } } } }", json!({}), 1_005),
    ];
    for (query, variables, expected) in table {
        assert_eq!(cost(query, variables), expected, "{query}");
    }
}

#[test]
fn what_has_to_be_looked_for_or_counted_is_part_of_the_price() {
    let count = "query ($f: PetFilter, $t: String) { search(first: 2, filter: $f) { ...F } search(first: 2, filter: $f) { nodes { id } } \
        other: search(first: 2, filter: { text: $t }) { nodes { id } } } fragment F on PetConnection { totalCount }";
    let table = [
        ("{ search(first: 2) { nodes { id } } }", json!({}), 5),
        (
            "{ search(first: 2, filter: { text: \"g b\" }) { nodes { id } } }",
            json!({}),
            3_005,
        ),
        (
            "{ search(first: 2, filter: { breed: \"beagle\" }) { nodes { id } } }",
            json!({}),
            205,
        ),
        ("{ search(first: 2, filter: {}) { totalCount } }", json!({}), 203),
        (
            "query ($t: String) { search(first: 2, filter: { text: $t }) { totalCount } }",
            json!({ "t": "g" }),
            3_203,
        ),
        (count, json!({ "f": { "text": "g" }, "t": "ab" }), 3_203 + 1_505 + 705),
        ("{ petHeatmap { id } }", json!({}), 15_101),
        (
            "{ petHeatmap(filter: { text: \"g\", statuses: [OPEN] }) { id } }",
            json!({}),
            18_101,
        ),
        (
            "{ petHeatmap(filter: { statuses: [OPEN, CLOSED] }) { id } }",
            json!({}),
            30_101,
        ),
        (
            "query ($s: [Status!]) { petHeatmap(filter: { statuses: $s }) { id } }",
            json!({ "s": "CLOSED" }),
            30_101,
        ),
    ];
    for (query, variables, expected) in table {
        assert_eq!(cost(query, variables), expected, "{query}");
    }
}

#[test]
fn an_operation_asks_for_the_schema_once() {
    let schema = "__schema { queryType { name } }";
    let twice = format!("{{ {schema} ...F }} fragment F on Query {{ again: {schema} }}");
    let types = |times| {
        format!(
            "{{ {} }}",
            (0..times)
                .map(|n| format!("a{n}: __type(name: \"Pet\") {{ name }} "))
                .collect::<String>()
        )
    };
    let nested = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    let table = [
        (format!("{{ {schema} }}"), "OK"),
        (twice, "QUERY_TOO_COMPLEX"),
        (types(5), "OK"),
        (types(6), "QUERY_TOO_COMPLEX"),
        (nested.to_owned(), "QUERY_TOO_COMPLEX"),
    ];
    for (query, expected) in table {
        assert_eq!(code(&query, json!({})), expected, "{query}");
    }
}

#[test]
fn exactly_one_field_of_a_one_of_input_is_given() {
    let of = |area: Json| json!({ "a": area });
    let query = "query ($a: Area!) { area(input: $a) }";
    let table = [
        ("{ area(input: { name: \"x\" }) }", json!({}), "OK"),
        (
            "{ area(input: { name: \"x\", circle: { radius: 1 } }) }",
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("{ area(input: {}) }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        (
            "{ area(input: { name: null }) }",
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "{ area(input: { areas: [{ name: \"x\" }, {}] }) }",
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "{ save(input: { name: \"x\", area: {} }) }",
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "query ($n: String) { area(input: { name: $n }) }",
            json!({ "n": "x" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "query ($n: String!) { area(input: { name: $n }) }",
            json!({ "n": "x" }),
            "OK",
        ),
        (
            "query ($a: Area = {}) { save(input: { name: \"x\", area: $a }) }",
            json!({}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (query, of(json!({ "name": "x" })), "OK"),
        (query, of(json!({ "name": null })), "BAD_USER_INPUT"),
        (query, of(json!({ "name": "x", "circle": null })), "BAD_USER_INPUT"),
        (query, of(json!({ "areas": [{ "name": "x" }, {}] })), "BAD_USER_INPUT"),
        (query, of(json!({})), "BAD_USER_INPUT"),
    ];
    for (query, variables, expected) in table {
        assert_eq!(code(query, variables.clone()), expected, "{query} {variables}");
    }
}

#[test]
fn variables_are_coerced_and_absent_ones_stay_absent() {
    let query = "query ($s: Boolean = true, $n: String, $c: Int) { hello @skip(if: $s) save(input: { name: \"x\", note: $n, count: $c }) }";
    let variables = check(query, json!({ "c": null, "unknown": 1 }))
        .unwrap()
        .request
        .variables;
    assert_eq!(variables.get("s"), Some(&Value::Boolean(true)));
    assert_eq!(variables.get("c"), Some(&Value::Null));
    assert_eq!(variables.len(), 2);
}

#[test]
fn wrong_variables_are_bad_user_input() {
    let query = "mutation ($i: PetInput!) { save(input: $i) }";
    for variables in [
        json!({}),
        json!({ "i": 1 }),
        json!({ "i": {} }),
        json!({ "i": { "name": "x", "other": 1 } }),
    ] {
        assert_eq!(code(query, variables.clone()), "BAD_USER_INPUT", "{variables}");
    }
}

#[test]
fn documents_that_do_not_fit_are_refused_at_their_place() {
    let problem = check("{ hello\n  nope }", json!({})).unwrap_err().remove(0);
    assert_eq!((problem.code, problem.location), (Code::ValidationFailed, Some((2, 3))));
    assert_eq!(code("{", json!({})), "GRAPHQL_PARSE_FAILED");
    assert_eq!(code("", json!({})), "GRAPHQL_PARSE_FAILED");
    assert_eq!(
        code(
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
            json!({})
        ),
        "GRAPHQL_VALIDATION_FAILED"
    );
    assert_eq!(
        code("subscription { tick tock }", json!({})),
        "GRAPHQL_VALIDATION_FAILED"
    );
    let many = check(&format!("{{ {} }}", "nope ".repeat(20)), json!({})).unwrap_err();
    assert_eq!(many.len(), 5);
}

#[test]
fn the_operation_is_chosen_by_name() {
    let query = "query A { hello } mutation B { save(input: { name: \"x\" }) }";
    let named = |name: Json| {
        let envelope = Envelope::from_json(json!({ "query": query, "operationName": name })).unwrap();
        guard()
            .check(&envelope)
            .map(|approved| approved.kind)
            .map_err(|problems| problems[0].code)
    };
    assert_eq!(named(json!("A")), Ok(Kind::Query));
    assert_eq!(named(json!("B")), Ok(Kind::Mutation));
    assert_eq!(named(json!("C")), Err(Code::ValidationFailed));
    assert_eq!(named(json!(null)), Err(Code::ValidationFailed));
}

#[test]
fn introspection_may_be_deep_but_its_lists_may_not() {
    let of_type = format!(
        "{{ __type(name: \"Pet\") {{ isOneOf {} name {} }} }}",
        "ofType { ".repeat(30),
        "}".repeat(30)
    );
    assert_eq!(code(&of_type, json!({})), "OK");
    let lists = |times| {
        format!(
            "{{ __type(name: \"Pet\") {{ {} name {} }} }}",
            "fields { type { ".repeat(times),
            "} }".repeat(times)
        )
    };
    assert_eq!(code(&lists(3), json!({})), "OK");
    assert_eq!(code(&lists(4), json!({})), "QUERY_TOO_COMPLEX");
    let hidden = "{ __type(name: \"Pet\") { ...A } } fragment A on __Type { fields { type { ...B } } } \
        fragment B on __Type { fields { type { ...C } } } fragment C on __Type { fields { type { fields { type { fields { name } } } } } }";
    assert_eq!(code(hidden, json!({})), "QUERY_TOO_COMPLEX");
    assert_eq!(code("{ hello { isOneOf } }", json!({})), "GRAPHQL_VALIDATION_FAILED");
}

#[test]
fn a_remembered_verdict_is_the_same_verdict() {
    let guard = guard();
    for query in ["query ($n: Int) { pets(first: $n) { totalCount } }", "{ nope }"] {
        let answers: Vec<_> = (1..4)
            .map(|n| {
                guard
                    .check(&envelope(query, json!({ "n": n })))
                    .map(|approved| approved.cost)
                    .map_err(|p| p[0].code)
            })
            .collect();
        match query.contains("nope") {
            true => assert_eq!(answers, [Err(Code::ValidationFailed); 3]),
            false => assert_eq!(answers, [Ok(2), Ok(3), Ok(4)]),
        }
    }
}

#[test]
fn a_schema_that_is_not_valid_is_refused() {
    assert!(Guard::new("type Query { a: Nowhere }", Limits::default()).is_err());
}
