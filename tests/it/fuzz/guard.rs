//! Documents, with variables behind the first zero byte.

use std::{collections::BTreeSet, sync::LazyLock};

use async_graphql::parser::parse_query;
use finding_sweetie::{
    graphql::sdl,
    http::graphql::{Envelope, Guard, Limits},
};

use super::hunt::{Target, hunt};

const DOCUMENTS: &[&str] = &[
    "{ pets(first: 10, sort: NEAREST, filter: { kinds: [LOST], area: { circle: { center: { latitude: 30.2, longitude: -97.7 },
       radius: 25, unit: MILE } } }) { totalCount nodes { id name breed { label } photos { url thumbnailUrl(width: 320) } }
       pageInfo { hasNextPage endCursor } } }",
    "query Map($bounds: BoundsInput!, $zoom: Int! = 10) { petMap(bounds: $bounds, zoom: $zoom) { total clusters { count
       counts { kind count } } pets { ...Pin } } } fragment Pin on Pet { id kind ... on Node { id } place { label } }
       \0{\"bounds\":{\"south\":30.0,\"west\":-98.1,\"north\":30.6,\"east\":-97.4},\"zoom\":3}",
    "mutation($input: RegisterInput!) { register(input: $input) { viewer { email member { displayName } } userErrors { field } } }
       \0{\"input\":{\"email\":\"ann@example.org\",\"password\":\"correct horse\",\"displayName\":\"Ann\"}}",
    "subscription($after: Int) { matchAlerts(after: $after) { __typename } }\0{\"after\":0}",
    "query A { ...F } query B { ...G } fragment F on Query { viewer { email ...V } } fragment V on Viewer { member { id } }
       fragment G on Query { a: viewer @skip(if: true) { email } b: viewer @include(if: false) { email } }",
    "query($yes: Boolean = true) { node(id: \"x\") @include(if: $yes) { id ... on Pet { name kind } ... on Shelter { name } } }",
    "{ __schema { queryType { name } types { name fields(includeDeprecated: true) { name args { name type { name ofType { name } } } } } } }",
    "{ pets(filter: { area: { bounds: { south: 1, west: 2, north: 3, east: 4 } } }) { edges { cursor node { id } } } }",
];

/// As the server's. The file of the schema leaves out the directives of the language, one of which the guard has to be told.
static GUARD: LazyLock<Guard> = LazyLock::new(|| {
    let sdl = format!("directive @oneOf on INPUT_OBJECT\n{}", sdl());
    Guard::new(&sdl, Limits::default()).expect("the schema is ours")
});

#[test]
fn what_the_guard_accepts_the_executor_can_read_within_the_limits() {
    hunt(Target {
        name: "guard",
        corpus: DOCUMENTS.iter().map(|document| document.as_bytes().to_vec()).collect(),
        words: words(),
        longest: 80 * 1024,
        check,
    });
}

/// The names of the schema, and the signs of the language.
fn words() -> Vec<String> {
    let sdl = sdl();
    let names: BTreeSet<&str> = sdl.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
    let signs = [
        "{",
        "}",
        "(",
        ")",
        "...",
        "...F",
        "...V",
        " on Pet",
        "$input",
        ": ",
        "!",
        "@skip(if: true)",
        "@include(if: $yes)",
        "[",
        "]",
        "fragment F on Query { ...F }",
        "query C { viewer { id } }",
        "\"\"\"x\"\"\"",
        "#\n",
        "__typename",
        "a: ",
        "1.5e300",
        "\0{}",
    ];
    names.into_iter().chain(signs).map(|word| format!("{word} ")).collect()
}

fn check(input: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(input);
    let (query, variables) = text.split_once('\0').unwrap_or((&text, "{}"));
    let envelope = Envelope {
        query: query.to_owned(),
        variables: serde_json::from_str(variables).unwrap_or_default(),
        ..Envelope::default()
    };
    let first = GUARD.check(&envelope);
    let second = GUARD.check(&envelope);
    match (first, second) {
        (Ok(approved), Ok(again)) if approved.cost == again.cost => {
            let limits = GUARD.limits();
            if limits.cost < approved.cost || limits.bytes < query.len() {
                return Err(format!(
                    "{} bytes at the price of {} are above the limits",
                    query.len(),
                    approved.cost
                ));
            }
            // The server hands on what is parsed; the executor's own parser, the judge here, does not know `\u{…}`.
            if let Err(error) = parse_query(query)
                && !query.contains("\\u{")
            {
                return Err(format!("the executor cannot read it: {error}"));
            }
            Ok(format!("{} for {}", approved.kind.as_str(), approved.cost.ilog2()))
        }
        (Err(problems), Err(again)) if problems.len() == again.len() => {
            let is_told = problems.iter().all(|problem| !problem.message.is_empty());
            if !is_told || problems.is_empty() || GUARD.limits().errors < problems.len() {
                return Err(format!("it is refused with {} problems", problems.len()));
            }
            Ok(format!("{} {}", problems[0].code.as_str(), shape(&problems[0].message)))
        }
        (first, second) => Err(format!("asked twice: {first:?} and {second:?}")),
    }
}

/// How a message begins, without the names that it quotes: those are the input's, and there are always new ones.
fn shape(message: &str) -> String {
    let is_ours = |word: &&str| !word.contains(['`', '"', '$']) && !word.contains(|sign: char| sign.is_ascii_digit());
    let words: Vec<&str> = message.split_whitespace().filter(is_ours).take(4).collect();
    words.join(" ")
}
