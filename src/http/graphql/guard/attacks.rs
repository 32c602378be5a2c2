//! Documents made to hurt: the guard must answer each, quickly, on a thread with an ordinary stack.

use std::{
    thread,
    time::{Duration, Instant},
};

use proptest::prelude::*;
use serde_json::json;

use super::{
    super::{Envelope, Limits},
    Guard,
    tests::SDL,
};

/// The stack of a runtime's worker thread.
const STACK: usize = 2 * 1024 * 1024;
/// Far above what the worst allowed document takes without optimisation, far below what an explosion would.
const PATIENCE: Duration = Duration::from_secs(5);

fn survive(query: String) -> Result<u64, String> {
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let guard = Guard::new(SDL, Limits::default()).unwrap();
        let envelope = Envelope::from_json(json!({ "query": query })).unwrap();
        let started = Instant::now();
        let answer = guard.check(&envelope).map(|approved| approved.cost);
        assert!(started.elapsed() < PATIENCE, "took {:?}", started.elapsed());
        answer.map_err(|problems| problems[0].code.as_str().to_owned())
    });
    worker.unwrap().join().expect("the guard does not panic")
}

/// Fragments that each use the next one `times` times.
fn bomb(levels: usize, times: usize, leaf: &str) -> String {
    let mut document = "{ ...F0 }".to_owned();
    for level in 0..levels {
        let spread = format!("...F{} ", level + 1).repeat(times);
        document.push_str(&format!(" fragment F{level} on Query {{ {spread} }}"));
    }
    document + &format!(" fragment F{levels} on Query {{ {leaf} }}")
}

#[test]
fn documents_that_double_or_nest_are_refused_quickly() {
    let deep = |open: &str, close: &str, levels: usize| format!("{}{}", open.repeat(levels), close.repeat(levels));
    let attacks = [
        ("doubling fragments", bomb(40, 2, "hello")),
        ("doubling fragments within fields", bomb(12, 8, "self { hello }")),
        ("long chain of fragments", bomb(150, 1, "hello")),
        ("very long chain of fragments", bomb(450, 1, "hello")),
        (
            "cycle of fragments",
            "{ ...A } fragment A on Query { self { ...B } } fragment B on Query { self { ...A } }".into(),
        ),
        (
            "deep list literal",
            format!("{{ save(input: {}) }}", deep("[", "]", 1_900)),
        ),
        (
            "deep open list literal",
            format!("{{ save(input: {}", "[".repeat(8_000)),
        ),
        (
            "deep object literal",
            format!("{{ save(input: {}) }}", deep("{ a: ", "}", 900)),
        ),
        (
            "deep selection",
            format!("{{ {} hello {} }}", "self { ".repeat(1_000), "}".repeat(1_000)),
        ),
        (
            "deep type",
            format!(
                "query ($a: {}) {{ hello }}",
                deep("[", "]", 1_500).replace("[]", "[Int]")
            ),
        ),
        (
            "deep default",
            format!("query ($a: Int = {}) {{ hello }}", deep("[", "]", 1_500)),
        ),
        (
            "deep directive",
            format!("{{ hello @skip(if: {}) }}", deep("[", "]", 1_500)),
        ),
        (
            "many aliases",
            format!(
                "{{ {} }}",
                (0..1_000).map(|n| format!("a{n}: hello ")).collect::<String>()
            ),
        ),
        (
            "many operations",
            (0..400).map(|n| format!("query A{n} {{ hello }} ")).collect(),
        ),
        (
            "many fragments",
            "{ hello }".to_owned()
                + &(0..400)
                    .map(|n| format!(" fragment F{n} on Query {{ hello }}"))
                    .collect::<String>(),
        ),
        (
            "many variables",
            format!(
                "query ({}) {{ hello }}",
                (0..600).map(|n| format!("$v{n}: Int ")).collect::<String>()
            ),
        ),
        ("unclosed string", format!("{{ save(input: \"{}", "x".repeat(60_000))),
        ("open braces", "{".repeat(64_000)),
        ("nothing but commas", ",".repeat(64_000)),
    ];
    for (name, query) in attacks {
        assert!(survive(query).is_err(), "{name} was let through");
    }
}

#[test]
fn fields_that_could_conflict_are_compared_in_reasonable_time() {
    let same = format!("{{ self {{ {} }} }}", "self { hello } ".repeat(450));
    assert!(survive(same).is_ok());
    let nested = format!(
        "{{ {} {} hello {} }}",
        "self { hello } ".repeat(29),
        "self { ".repeat(10),
        "}".repeat(10)
    );
    assert!(survive(nested).is_ok());
}

/// Words of the language, so that random sequences get past the lexer and often past the parser.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ":",
            "...",
            "!",
            "$a",
            "=",
            "@skip(if: true)",
            "query",
            "mutation",
            "subscription",
            "fragment",
            "on",
            "Query",
            "Pet",
            "hello",
            "self",
            "pets",
            "area",
            "input",
            "first",
            "nodes",
            "F",
            "...F",
            "fragment F on Query { self { ...F } }",
            "__schema",
            "types",
            "name",
            "null",
            "true",
            "1",
            "-1.5e9",
            "\"x\"",
            "\"\"\"block\"\"\"",
            "&",
            "|",
            "#c\n",
            "\u{feff}",
            "\u{1f415}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,8}",
    ]
}

/// Selections that are mostly valid.
fn selection() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["hello", "a: hello", "...F", "...G", "__typename"]).prop_map(str::to_owned);
    leaf.prop_recursive(8, 200, 6, |inner| {
        prop::collection::vec(inner, 1..6).prop_map(|inner| format!("self {{ {} }}", inner.join(" ")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sequence_of_words_makes_the_guard_panic(words in prop::collection::vec(word(), 0..300)) {
        let _answer = survive(words.join(" "));
    }

    #[test]
    fn no_web_of_fragments_makes_the_guard_panic(root in selection(), f in selection(), g in selection()) {
        let _answer = survive(format!("{{ {root} }} fragment F on Query {{ {f} }} fragment G on Query {{ {g} }}"));
    }
}
