//! Tables of who sees what, written down for people: a change of access is a change of a file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    sync::Mutex,
};

use super::cast::Who;

/// What comes of every root field, and of `node` for every kind of entity.
pub const ACCESS: Written = Written {
    path: "tests/snapshots/access.txt",
    head: "What comes of every root field for everybody: `ok`, `null`, `open` for a subscription that starts,\n\
           a code of an error, or `!` and the code of a user error. Written by `make promises`.\n",
};

/// What everybody sees of every private field.
pub const PRIVATE_FIELDS: Written = Written {
    path: "tests/snapshots/private_fields.txt",
    head: "What everybody sees of every field that may be private: `seen`, `null`, or a code of an error; of a place `true`\n\
           for the true point and `masked` for the public one. Written by `make promises`.\n",
};

/// Tests of several features write one file.
static WRITING: Mutex<()> = Mutex::new(());

/// A table in a file, with a section for each feature.
pub struct Written {
    path: &'static str,
    head: &'static str,
}

impl Written {
    /// Compares a section with the file, or writes it there if the suite is told to.
    pub fn compare(&self, section: &str, lines: &[(String, Vec<String>)]) {
        let table = table(lines);
        #[allow(clippy::disallowed_methods, reason = "the suite is told in this way")]
        if std::env::var("SWEETIE_TEST_WRITE_PROMISES").is_ok() {
            let _one_at_a_time = WRITING.lock().unwrap();
            let mut sections = self.sections();
            sections.insert(section.to_owned(), table);
            let sections = sections.iter().map(|(name, table)| format!("\n== {name}\n\n{table}"));
            let text = format!("{}{}", self.head, sections.collect::<String>());
            fs::write(self.file(), text).unwrap();
            return;
        }
        let written = self.sections().remove(section).unwrap_or_default();
        let changed: Vec<String> = table
            .lines()
            .filter(|line| !written.lines().any(|known| known == *line))
            .map(str::to_owned)
            .collect();
        assert!(
            table == written,
            "{} says something else of {section}; if this is right, `make promises` writes it:\n{}",
            self.path,
            changed.join("\n")
        );
    }

    /// The first words of all lines.
    pub fn names(&self) -> BTreeSet<String> {
        let sections = self.sections();
        let lines = sections.values().flat_map(|table| table.lines());
        lines
            .filter_map(|line| line.split_whitespace().next())
            .map(str::to_owned)
            .collect()
    }

    fn sections(&self) -> BTreeMap<String, String> {
        let text = fs::read_to_string(self.file()).unwrap_or_default();
        let sections = text.split("\n== ").skip(1);
        sections
            .filter_map(|section| section.split_once("\n\n"))
            .map(|(name, table)| (name.to_owned(), format!("{}\n", table.trim_end())))
            .collect()
    }

    fn file(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(self.path)
    }
}

/// Lines of columns, one column for each caller.
fn table(lines: &[(String, Vec<String>)]) -> String {
    let head = Who::ALL.map(|who| format!("{who:?}")).to_vec();
    let mut rows = vec![[vec![String::new()], head].concat()];
    rows.extend(lines.iter().map(|(name, outcomes)| {
        let cells = outcomes.iter().map(|outcome| cell(outcome));
        std::iter::once(name.clone()).chain(cells).collect()
    }));
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// `input.id NOT_FOUND` as `!NOT_FOUND`; the path is in the test of its feature.
fn cell(outcome: &str) -> String {
    match outcome.rsplit_once(' ') {
        Some((_, code)) => format!("!{code}"),
        None => outcome.to_owned(),
    }
}
