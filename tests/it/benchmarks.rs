//! What the benchmarks write into the tables themselves is what the server would write.

use entity::pet;
use sea_orm::{IdenStatic, Iterable};

/// Writes a report as a row of the table.
const ROW: &str = include_str!("../../bench/pets-row.mjs");

#[test]
fn the_benchmarks_know_every_column_of_a_report() {
    let keys: Vec<&str> = ROW
        .lines()
        .filter_map(|line| line.trim().split([':', ',']).next())
        .collect();
    let unknown: Vec<&str> = pet::Column::iter()
        .map(|column| column.as_str())
        .filter(|column| !keys.contains(column))
        .collect();

    assert!(unknown.is_empty(), "bench/pets-row.mjs does not write {unknown:?}");
}
