//! Promises of the evaluation.

use entity::vocabulary::MatchBand;

use super::*;
use crate::measure::Truth;

fn plan(seed: u64) -> Plan {
    Plan {
        reports: 1_500,
        pairs: 100,
        seed,
        days: 200.0,
        noise: Noise::default(),
    }
}

#[test]
fn a_seed_always_gives_the_same_reports_and_another_seed_others() {
    let reports = generate(&plan(1));
    assert_eq!(reports, generate(&plan(1)));
    assert_ne!(reports, generate(&plan(2)));
    assert_eq!(reports.len(), 1_500);
    assert_eq!(Truth::of(&reports).planted().count(), 100);
}

#[test]
fn a_file_holds_everything_that_is_measured() {
    let reports = generate(&plan(3));
    let read = read(&write(&reports)).unwrap();
    assert_eq!(evaluation(&read), evaluation(&reports));
}

#[test]
fn a_wrong_cell_is_named_with_line_and_column() {
    let header = "id,kind,species,seen_at\n";
    let right = format!("{header},lost,dog,0\n");
    assert_eq!(read(&right).unwrap().len(), 1);
    let error = read(&format!("{right},lost,\"do,g\",0\n")).unwrap_err();
    assert!(
        error.to_string().starts_with("line 3, column species: \"do,g\" is not"),
        "{error}"
    );
    assert_eq!(read("").unwrap_err(), FileError::Empty);
}

#[test]
fn true_pairs_are_found_and_pairs_that_are_very_likely_are_true() {
    let reports = generate(&plan(4));
    let truth = Truth::of(&reports);
    let pairs = rank(&reports);
    let measures = measure(&reports, &truth, &pairs);
    let all = measures.get("all").unwrap();
    assert!(85 < all.recalled[0] && 95 < all.recalled[2], "{all:?}");
    let strong: Vec<_> = pairs
        .iter()
        .filter(|pair| pair.standing.band == MatchBand::Strong)
        .collect();
    let wrong = strong
        .iter()
        .filter(|pair| !truth.is_true(pair.lost, pair.other))
        .count();
    assert!(10 < strong.len() && wrong < 2, "{wrong} of {}", strong.len());
}

#[test]
fn fitted_weights_predict_what_they_were_not_fitted_on() {
    let text = tune(&generate(&plan(5)));
    let surprise = |row: &str| -> f64 {
        let line = text.lines().find(|line| line.contains(row)).unwrap();
        line.split('|').nth(2).unwrap().trim().parse().unwrap()
    };
    assert!(surprise("test, fitted") < surprise("test, before"), "{text}");
}
