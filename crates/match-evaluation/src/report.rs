//! The figures on a set of reports as text for people.

use std::collections::{BTreeMap, HashMap};

use crate::{
    Report,
    baseline::{BASELINES, Baseline},
    candidates::Counterparts,
    file::word,
    measure::{Calibration, Measures, Truth, calibrate, measure},
    rank,
    table::{mean, percent, table},
};

/// Number of counterparts of which a baseline has to have the true one among them.
const KEPT: usize = match_score::KEPT;

/// Ranks the reports and describes the outcome in Markdown.
pub fn evaluation(reports: &[Report]) -> String {
    let truth = Truth::of(reports);
    let pairs = rank(reports);
    let measures: BTreeMap<_, _> = measure(reports, &truth, &pairs).into_iter().collect();
    let (by_band, by_tenth) = calibrate(&truth, &pairs);
    let mut text = format!("{} reports\n\n## Ranking and alerts\n\n", reports.len());
    text += &outcome(&measures);
    text += "\n## Baselines\n\n";
    for (name, baseline) in BASELINES {
        text += &format!("{name}\n\n{}\n", recall(&of_baseline(reports, &truth, baseline)));
    }
    text += "## Bands\n\n";
    let bands: Vec<(String, Calibration)> = by_band
        .into_iter()
        .map(|(band, counted)| (word(band), counted))
        .collect();
    text += &calibration("band", &bands);
    text += "\n## Likelihood\n\n";
    let tenths = by_tenth.iter().zip(0..).map(|(counted, tenth)| {
        let from = f64::from(tenth) / 10.0;
        (format!("{from:.1} to {:.1}", from + 0.1), *counted)
    });
    text + &calibration("likelihood", &tenths.collect::<Vec<_>>())
}

fn outcome(measures: &BTreeMap<String, Measures>) -> String {
    let header = [
        "",
        "lost",
        "pairs",
        "recall@1",
        "@5",
        "@20",
        "MRR",
        "alerted",
        "false alerts per lost report",
        "in its first month",
    ];
    let rows = measures.iter().map(|(group, counted)| {
        let mut row = recall_cells(group, counted);
        row.insert(1, counted.lost.to_string());
        row.push(percent(counted.alerted, counted.planted));
        row.push(mean(counted.false_alerts as f64, counted.lost, 4));
        row.push(mean(counted.false_alerts_in_month as f64, counted.lost, 4));
        row
    });
    table(&header, &rows.collect::<Vec<_>>())
}

fn recall(measures: &BTreeMap<String, Measures>) -> String {
    let rows = measures.iter().map(|(group, counted)| recall_cells(group, counted));
    table(
        &["", "pairs", "recall@1", "@5", "@20", "MRR"],
        &rows.collect::<Vec<_>>(),
    )
}

fn recall_cells(group: &str, counted: &Measures) -> Vec<String> {
    let [first, five, kept] = counted.recalled.map(|recalled| percent(recalled, counted.planted));
    vec![
        group.to_owned(),
        counted.planted.to_string(),
        first,
        five,
        kept,
        mean(counted.reciprocal_ranks, counted.planted, 3),
    ]
}

fn calibration(name: &str, rows: &[(String, Calibration)]) -> String {
    let rows = rows.iter().map(|(name, counted)| {
        vec![
            name.clone(),
            counted.pairs.to_string(),
            percent(counted.matches, counted.pairs),
            mean(counted.likelihood * 100.0, counted.pairs, 1),
        ]
    });
    table(&[name, "pairs", "true", "likelihood"], &rows.collect::<Vec<_>>())
}

/// The recall of a baseline among the candidates that the score has.
fn of_baseline(reports: &[Report], truth: &Truth, baseline: Baseline) -> BTreeMap<String, Measures> {
    let counterparts = Counterparts::of(reports);
    let by_id: HashMap<_, _> = reports.iter().map(|report| (report.subject.id, report)).collect();
    let mut measures: BTreeMap<String, Measures> = BTreeMap::new();
    for (lost, _) in truth.planted() {
        let others = counterparts.around(&lost.subject);
        let others = others.iter().filter_map(|other| by_id.get(&other.subject.id));
        let mut ranked: Vec<_> = others.map(|other| (baseline(lost, other), other.subject.id)).collect();
        ranked.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        let place = ranked
            .iter()
            .take(KEPT)
            .position(|(_, other)| truth.is_true(lost.subject.id, *other));
        let counted = Measures {
            lost: 1,
            planted: 1,
            ..Measures::of_rank(place.map(|place| place + 1))
        };
        for group in truth.groups(lost.subject.id) {
            measures.entry(group).or_default().add(&counted);
        }
    }
    measures
}
