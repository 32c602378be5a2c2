//! What people expect of a file.

use std::collections::HashMap;

/// The expectation of a file: where it comes from, which title each fact has, and every animal.
pub struct Expected {
    pub country: Option<String>,
    pub zone: String,
    /// Title of the column of a fact.
    pub columns: HashMap<String, String>,
    /// Words that nobody but the staff may see.
    pub secrets: Vec<String>,
    /// The facts of each animal, in the order of the file.
    pub animals: Vec<HashMap<String, String>>,
}

impl Expected {
    /// Lines such as `column breed: Rasse` and `secret: Miller`; behind an empty line one for each animal.
    pub fn parse(text: &str) -> Self {
        let (head, animals) = text.split_once("\n\n").expect("an empty line stands above the animals");
        let said = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        let all = |prefix: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            let fitting = lines.filter_map(|(key, value)| Some((key.strip_prefix(prefix)?.trim(), value)));
            fitting
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect::<Vec<_>>()
        };
        Self {
            country: said("country"),
            zone: said("zone").expect("the zone is told"),
            columns: all("column").into_iter().collect(),
            secrets: all("secret").into_iter().map(|(_, secret)| secret).collect(),
            animals: animals.lines().filter(|line| !line.is_empty()).map(facts_in).collect(),
        }
    }
}

fn facts_in(line: &str) -> HashMap<String, String> {
    let facts = line.split("; ").filter_map(|fact| fact.split_once('='));
    facts
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}
