//! Limits are listed in one place and documented for operators.

use std::collections::BTreeSet;

use finding_sweetie::domain::limits;

use super::sources::sources;

#[test]
fn each_limit_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = limits().iter().map(|limit| limit.name).collect();
    assert_eq!(names.len(), limits().len());
}

#[test]
fn every_limit_of_a_feature_is_listed() {
    let features = sources().iter().filter(|source| source.path.starts_with("src/domain/"));
    let declared: usize = features.map(|source| source.code.matches("Limit::new(").count()).sum();
    assert_eq!(declared, limits().len());
}

#[test]
fn operators_are_told_of_every_limit() {
    let manual = include_str!("../../../docs/OPERATIONS.md");
    let missing: Vec<String> = limits()
        .iter()
        .map(|limit| format!("| `{}` | {limit} |", limit.name))
        .filter(|line| !manual.contains(line))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}
