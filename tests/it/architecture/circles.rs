//! Circles in what uses what.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What each uses.
pub type Edges = BTreeMap<String, BTreeSet<String>>;

/// For each that uses itself through others, the shortest way to do so; a circle is told once, from its first name on.
pub fn circles(edges: &Edges) -> BTreeSet<Vec<String>> {
    edges.keys().filter_map(|start| shortest(edges, start)).collect()
}

fn shortest(edges: &Edges, start: &str) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut ways = VecDeque::from([vec![start]]);
    while let Some(way) = ways.pop_front() {
        for next in edges.get(*way.last()?).into_iter().flatten() {
            if next == start {
                return Some(from_its_first_name(way));
            }
            if seen.insert(next) {
                let further = way.iter().copied().chain([next.as_str()]);
                ways.push_back(further.collect());
            }
        }
    }
    None
}

fn from_its_first_name(mut circle: Vec<&str>) -> Vec<String> {
    let first = (0..circle.len()).min_by_key(|place| circle[*place]).unwrap_or_default();
    circle.rotate_left(first);
    circle.extend_from_within(..1);
    circle.into_iter().map(str::to_owned).collect()
}

#[test]
fn a_circle_is_found() {
    let uses = [("b", "c"), ("c", "a"), ("a", "b"), ("d", "a"), ("a", "e")];
    let mut edges = Edges::new();
    for (from, to) in uses {
        edges.entry(from.to_owned()).or_default().insert(to.to_owned());
    }

    let found: Vec<_> = circles(&edges).into_iter().collect();

    assert_eq!(found, [["a", "b", "c", "a"]]);
}
