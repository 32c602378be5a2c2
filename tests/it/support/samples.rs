//! Parses Prometheus' text format.

use std::collections::BTreeMap;

/// The samples on a page: name with labels, and value.
pub fn samples(page: &str) -> BTreeMap<String, f64> {
    let lines = page.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no sample: {line}"));
            (
                name.to_owned(),
                value.parse().unwrap_or_else(|_| panic!("no value: {line}")),
            )
        })
        .collect()
}
