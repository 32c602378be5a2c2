//! How many files a folder may hold.

use std::collections::BTreeMap;

use super::sources::packages;

/// With more, nobody sees at a glance what a folder is about: it has topics, and each gets a folder of its own.
const MOST_FILES: usize = 12;

/// Folders that are lists: whoever looks for an entry knows its name.
const CATALOGUES: &[(&str, &str)] = &[
    ("entity/src", "a file for each table"),
    ("migration/src", "a file for each step"),
    ("src/events/facts", "a file for each feature"),
    ("src/work/jobs", "a file for each job"),
];

/// Files that open a folder do not count.
const FRONT: [&str; 3] = ["lib.rs", "main.rs", "mod.rs"];

#[test]
fn a_folder_has_at_most_twelve_files() {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for source in packages().iter().flatten() {
        let (folder, name) = source.path.rsplit_once('/').unwrap();
        let is_list = CATALOGUES.iter().any(|(catalogue, _)| *catalogue == folder);
        if !is_list && !FRONT.contains(&name) {
            *sizes.entry(folder.to_owned()).or_default() += 1;
        }
    }
    sizes.retain(|_, files| MOST_FILES < *files);
    assert_eq!(sizes, BTreeMap::new());
}
