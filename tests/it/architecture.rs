//! The floors of `docs/ARCHITECTURE.md`, kept by a test: who may use whom, how long a file may be, which words a floor
//! may not say.

mod circles;
mod crates;
mod files;
mod folders;
mod limits;
mod paths;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use circles::{Edges, circles};
use sources::{Source, sources};

/// Every module of the first level and the modules that it may use besides itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("config", &[]),
    ("kernel", &[]),
    ("ports", &["kernel"]),
    ("events", &["kernel"]),
    ("deps", &["kernel", "ports", "events"]),
    ("domain", &["kernel", "ports", "events", "deps"]),
    ("work", &["kernel", "ports", "events", "deps", "domain"]),
    ("graphql", &["kernel", "ports", "events", "deps", "domain"]),
    (
        "http",
        &["config", "kernel", "ports", "events", "deps", "domain", "graphql"],
    ),
    ("demo", &["kernel", "ports", "events", "deps", "domain", "work"]),
    (
        "app",
        &[
            "config", "kernel", "ports", "events", "deps", "domain", "work", "graphql", "http", "demo",
        ],
    ),
    ("cli", &["config", "kernel", "domain", "graphql", "app", "demo"]),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// What a floor may not name, and why.
const FORBIDDEN_WORDS: &[(&str, &[&str], &str)] = &[
    (
        "kernel",
        &["async_graphql", "axum", "redis", "reqwest", "sea_orm", "sqlx"],
        "the kernel does no input or output",
    ),
    (
        "events",
        &["async_graphql", "axum", "redis", "reqwest"],
        "facts know neither GraphQL nor the network",
    ),
    (
        "deps",
        &["async_graphql", "axum", "redis", "reqwest"],
        "the network is behind ports",
    ),
    (
        "domain",
        &["async_graphql", "axum", "redis", "reqwest"],
        "rules know neither GraphQL nor the network",
    ),
    (
        "work",
        &["async_graphql", "axum", "redis", "reqwest"],
        "jobs know neither GraphQL nor the network",
    ),
    (
        "graphql",
        &["sea_orm", "axum", "redis", "reqwest"],
        "a resolver translates and calls a use case",
    ),
    (
        "http",
        &["sea_orm", "redis", "reqwest"],
        "a handler translates and calls a use case",
    ),
];

/// What only some files may say: they are the doors to time, chance and settings.
const DOORS: &[(&str, &[&str])] = &[
    ("Utc::now", &["src/ports/clock.rs"]),
    ("SystemTime::now", &["src/ports/clock.rs"]),
    ("Uuid::now_v7", &[]),
    ("Uuid::new_v4", &[]),
    ("env::var", &["src/config/"]),
];

/// Names that say nothing.
const HOMELESS: &[&str] = &[
    "utils", "util", "common", "helpers", "helper", "misc", "manager", "shared",
];

const MOST_LINES: usize = 400;

/// Modules of the second level below these may use each other in circles, and why.
const MAY_CYCLE: &[(&str, &str)] = &[("graphql", "types of a graph refer to each other as their data does")];

#[test]
fn imports_go_down_only() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let wrong = |source: &Source, used: &[String]| {
        let (Some(user), Some(used)) = (source.module.first(), used.first()) else {
            return false;
        };
        let may_use = floors
            .get(user.as_str())
            .unwrap_or_else(|| panic!("FLOORS does not list {user}"));
        user != used && floors.contains_key(used.as_str()) && !may_use.contains(&used.as_str())
    };
    assert_eq!(uses_that_are(wrong), Vec::<String>::new());
}

#[test]
fn features_use_features_of_a_lower_rank_only() {
    let ranks = ranks();
    let rank = |name: &str| {
        *ranks
            .get(name)
            .unwrap_or_else(|| panic!("src/domain/mod.rs gives domain::{name} no rank"))
    };
    let wrong = |source: &Source, used: &[String]| match (source.module.as_slice(), used) {
        ([user_floor, user, ..], [used_floor, used, ..]) if user_floor == "domain" && used_floor == "domain" => {
            user != used && rank(user) <= rank(used)
        }
        _ => false,
    };
    assert_eq!(uses_that_are(wrong), Vec::<String>::new());
}

#[test]
fn modules_do_not_use_each_other_in_circles() {
    let mut edges = Edges::new();
    let all = sources();
    let known: BTreeSet<String> = all.iter().filter_map(|source| second_level(&source.module)).collect();
    for source in all {
        let Some(user) = second_level(&source.module) else {
            continue;
        };
        let used = source.uses.iter().filter_map(|used| second_level(used));
        let used = used.filter(|used| *used != user && known.contains(used) && !both_may_cycle(&user, used));
        edges.entry(user.clone()).or_default().extend(used);
    }
    assert_eq!(circles(&edges), BTreeSet::new());
}

/// The library takes the error of a `Result<Option<T>>` past the field to its parent: `nullable` keeps it there.
#[test]
fn an_error_of_a_field_that_may_be_null_stays_at_the_field() {
    let fields = sources()
        .iter()
        .filter(|source| source.path.starts_with("src/graphql/"));
    let wrong = fields.filter(|source| source.code.contains("-> async_graphql::Result<Option<"));
    assert_eq!(
        wrong.map(|source| source.path.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn no_file_has_more_than_400_lines() {
    let long = sources()
        .iter()
        .filter(|source| MOST_LINES < source.text.lines().count());
    assert_eq!(
        long.map(|source| source.path.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn a_floor_does_not_name_what_belongs_to_another() {
    let mut said = Vec::new();
    for source in sources() {
        let floors = FORBIDDEN_WORDS
            .iter()
            .filter(|(floor, ..)| source.module.first().is_some_and(|own| own == floor));
        for (floor, words, reason) in floors {
            let words = words.iter().filter(|word| source.names(word));
            said.extend(words.map(|word| format!("{} names {word}, but in {floor} {reason}", source.path)));
        }
    }
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn time_chance_and_settings_come_through_their_doors() {
    let mut said = Vec::new();
    for source in sources() {
        let doors = DOORS
            .iter()
            .filter(|(_, homes)| !homes.iter().any(|home| source.path.starts_with(home)));
        let around = doors.filter(|(word, _)| source.code.contains(word));
        said.extend(around.map(|(word, _)| format!("{} says {word}", source.path)));
    }
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn every_module_has_a_name_that_says_something() {
    let homeless = sources()
        .iter()
        .filter(|source| source.module.iter().any(|name| HOMELESS.contains(&name.as_str())));
    assert_eq!(
        homeless.map(|source| source.path.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

/// Features and their ranks: a feature uses those of a lower rank. Equals meet in `work::reactions`.
fn ranks() -> BTreeMap<String, u8> {
    let all = sources();
    let domain = all.iter().find(|source| source.path == "src/domain/mod.rs").unwrap();
    let (mut rank, mut ranks) = (0, BTreeMap::new());
    for line in domain.text.lines() {
        if let Some(number) = line.strip_prefix("// Rank ") {
            rank = number.parse().unwrap();
        } else if let Some(feature) = line.strip_prefix("pub mod ") {
            ranks.insert(feature.trim_end_matches(';').to_owned(), rank);
        }
    }
    ranks
}

/// `path uses crate::…` for every use that the rule finds wrong.
fn uses_that_are(wrong: impl Fn(&Source, &[String]) -> bool) -> Vec<String> {
    let mut found = BTreeSet::new();
    for source in sources() {
        let uses = source.uses.iter().filter(|used| wrong(source, used));
        found.extend(uses.map(|used| format!("{} uses crate::{}", source.path, used.join("::"))));
    }
    found.into_iter().collect()
}

fn second_level(module: &[String]) -> Option<String> {
    Some(module.get(..2)?.join("::"))
}

fn both_may_cycle(user: &str, used: &str) -> bool {
    let below = |name: &str, floor: &str| name.starts_with(&format!("{floor}::"));
    MAY_CYCLE
        .iter()
        .any(|(floor, _)| below(user, floor) && below(used, floor))
}

#[test]
fn the_paths_of_real_files_are_found() {
    let all = sources();
    let server = all.iter().find(|source| source.path == "src/http/server.rs").unwrap();
    let used: Vec<String> = server.uses.iter().map(|used| used.join("::")).collect();
    for path in ["config::Config", "deps::Deps", "http::graphql::GraphqlEndpoint"] {
        assert!(used.iter().any(|used| used == path), "{used:?}");
    }
    assert!(server.names("axum") && !server.names("sea_orm"));
}
