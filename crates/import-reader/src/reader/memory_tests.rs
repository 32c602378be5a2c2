//! What is remembered of the cells of one row changes nothing in the others.

use proptest::{prelude::*, sample::select};

use super::tests::*;

const COLUMNS: [(&str, [&str; 5]); 12] = [
    ("species", ["Dog", "Cat", "Dead Cat", "Farm", "Zorb"]),
    (
        "name",
        ["Rex", "", "12 Oak Street", "call 512-555-0142", "Oak 512-555-0142"],
    ),
    ("breed", ["Pug", "Dilute Calico", "Rabbit", "Toy", "Zorb"]),
    ("color", ["Black", "Blue Tabby", "Calico", "Tabby", "Zorb"]),
    ("sex", ["Neutered Male", "F", "Yes", "3", "Zorb"]),
    ("altered", ["Yes", "F", "No", "3", "Zorb"]),
    ("age", ["2 years", "3", "Adult", "", "Zorb"]),
    ("age in years", ["2 years", "3", "Adult", "", "Zorb"]),
    ("weight", ["20", "3", "5 kg", "9000", "Zorb"]),
    ("weight unit", ["kg", "lb", "oz", "g", "lbs"]),
    ("intake type", ["Stray", "Transfer", "Spay", "3", "Zorb"]),
    ("intake subtype", ["Stray", "Transfer", "Spay", "3", "Zorb"]),
];

/// A file with these rows.
fn file(rows: &[Vec<&str>]) -> String {
    let titles = COLUMNS.map(|(title, _)| title).join(",");
    let rows = rows.iter().map(|row| row.join(","));
    let lines: Vec<String> = [titles].into_iter().chain(rows).collect();
    lines.join("\n") + "\n"
}

fn row() -> impl Strategy<Value = Vec<&'static str>> {
    COLUMNS.map(|(_, cells)| select(cells.to_vec())).to_vec()
}

proptest! {
    #[test]
    fn rows_are_read_as_if_each_stood_alone(rows in proptest::collection::vec(row(), 1..12)) {
        let read = |rows: &[Vec<&str>]| {
            let file = file(rows);
            open(file.as_bytes()).map(|row| (row.result, row.warnings)).collect::<Vec<_>>()
        };
        let alone: Vec<_> = rows.chunks(1).flat_map(read).collect();
        prop_assert_eq!(read(&rows), alone);
    }
}
