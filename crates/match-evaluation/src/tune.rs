//! Fits the weights of the score.
//!
//! A conditional logit: of the candidates of a lost report, and the case that none of them is the animal, the model
//! gives each the share that [`match_score::standing`] gives it. The weights of the factors' levels that make the truth
//! likeliest are searched for by gradient ascent, starting at those of the code and drawn back to them, so that rare
//! levels stay where they are.

use std::collections::BTreeMap;

use match_score::Factor;
use uuid::Uuid;

use crate::{
    Pair, Report,
    measure::Truth,
    rank,
    table::{percent, table},
};

/// Weights that are computed are put in steps of this width.
const STEP: f64 = 0.5;
const ROUNDS: usize = 400;
const SPEED: f64 = 2.0;
/// How strongly weights are drawn back, in lost reports.
const CAUTION: f64 = 3.0;

/// A factor, and its weight in steps.
type Level = (&'static str, i64);

/// A lost report: the levels and the present score of each candidate, and which of them are true.
struct Case {
    candidates: Vec<(Vec<usize>, f64, bool)>,
    /// Odds that it is none of them, at present.
    none_of_them: f64,
    is_test: bool,
}

/// What the fit knows of a level.
struct Fitted {
    level: Level,
    /// Mean weight at present.
    present: f64,
    /// Change of the weight.
    change: f64,
    matches: usize,
    others: usize,
}

/// Fits the weights on half of the lost reports, and describes the outcome on the other half in Markdown.
pub fn tune(reports: &[Report]) -> String {
    let truth = Truth::of(reports);
    let pairs = rank(reports);
    let (mut levels, cases) = cases(&truth, &pairs);
    let mut none = 0.0;
    let before = [false, true].map(|is_test| surprise(&cases, &levels, none, is_test));
    for _ in 0..ROUNDS {
        none = step(&cases, &mut levels, none);
    }
    let after = [false, true].map(|is_test| surprise(&cases, &levels, none, is_test));
    format!("{}\n{}", outcome(before, after, none), weights(&levels))
}

fn outcome(before: [Fit; 2], after: [Fit; 2], none: f64) -> String {
    let row = |name: &str, fit: Fit| {
        let surprise = fit.surprise / fit.cases.max(1) as f64;
        vec![
            name.to_owned(),
            format!("{surprise:.4}"),
            percent(fit.first, fit.planted),
        ]
    };
    let [train_before, test_before] = before;
    let [train_after, test_after] = after;
    let rows = [
        row("train, before", train_before),
        row("train, fitted", train_after),
        row("test, before", test_before),
        row("test, fitted", test_after),
    ];
    let table = table(&["", "mean surprise", "recall@1"], &rows);
    format!(
        "The odds of none of the candidates change by a factor of {:.2}.\n\n{table}",
        none.exp()
    )
}

fn weights(levels: &[Fitted]) -> String {
    let mut levels: Vec<&Fitted> = levels.iter().collect();
    levels.sort_by_key(|fitted| fitted.level);
    let rows = levels.iter().map(|fitted| {
        vec![
            fitted.level.0.to_owned(),
            format!("{:.2}", fitted.present),
            format!("{:.2}", fitted.present + fitted.change),
            fitted.matches.to_string(),
            fitted.others.to_string(),
        ]
    });
    table(
        &["factor", "weight", "fitted", "true pairs", "others"],
        &rows.collect::<Vec<_>>(),
    )
}

/// How well the truth is predicted.
#[derive(Clone, Copy, Default)]
struct Fit {
    cases: usize,
    planted: usize,
    first: usize,
    surprise: f64,
}

fn surprise(cases: &[Case], levels: &[Fitted], none: f64, is_test: bool) -> Fit {
    let mut fit = Fit::default();
    for case in cases.iter().filter(|case| case.is_test == is_test) {
        let (shares, of_none) = shares(case, levels, none);
        let right = case
            .candidates
            .iter()
            .zip(&shares)
            .filter(|((_, _, is_true), _)| *is_true);
        let right = right.map(|(_, share)| *share).reduce(f64::max);
        let best = shares.iter().copied().fold(0.0, f64::max);
        fit.cases += 1;
        fit.planted += usize::from(right.is_some());
        fit.first += usize::from(right == Some(best));
        fit.surprise -= right.unwrap_or(of_none).ln();
    }
    fit
}

/// The likelihood of each candidate, and of none.
fn shares(case: &Case, levels: &[Fitted], none: f64) -> (Vec<f64>, f64) {
    let odds = |(known, score, _): &(Vec<usize>, f64, bool)| {
        let change: f64 = known
            .iter()
            .filter_map(|at| levels.get(*at))
            .map(|level| level.change)
            .sum();
        (score + change).exp()
    };
    let odds: Vec<f64> = case.candidates.iter().map(odds).collect();
    let of_none = case.none_of_them * f64::exp(none);
    let all = odds.iter().sum::<f64>() + of_none;
    (odds.into_iter().map(|odds| odds / all).collect(), of_none / all)
}

/// One step of the ascent; returns the new logarithm of the change of the odds of none.
fn step(cases: &[Case], levels: &mut [Fitted], none: f64) -> f64 {
    let mut slopes: Vec<f64> = levels.iter().map(|level| -CAUTION * level.change).collect();
    let (mut slope_of_none, mut count) = (0.0, 0.0);
    for case in cases.iter().filter(|case| !case.is_test) {
        let (shares, of_none) = shares(case, levels, none);
        let right: f64 = shares_of_truth(case, &shares);
        for ((known, _, is_true), share) in case.candidates.iter().zip(&shares) {
            let truth = if *is_true { share / right } else { 0.0 };
            for at in known {
                if let Some(slope) = slopes.get_mut(*at) {
                    *slope += truth - share;
                }
            }
        }
        slope_of_none += f64::from(u8::from(right == 0.0)) - of_none;
        count += 1.0;
    }
    for (level, slope) in levels.iter_mut().zip(slopes) {
        level.change += SPEED * slope / (level.matches as f64 + 0.02 * level.others as f64 + 10.0);
    }
    none + SPEED * 5.0 * slope_of_none / f64::max(count, 1.0)
}

fn shares_of_truth(case: &Case, shares: &[f64]) -> f64 {
    let right = case
        .candidates
        .iter()
        .zip(shares)
        .filter(|((_, _, is_true), _)| *is_true);
    right.map(|(_, share)| share).sum()
}

/// The lost reports with pairs, by turns for the fit and for the test.
fn cases(truth: &Truth, pairs: &[Pair]) -> (Vec<Fitted>, Vec<Case>) {
    let mut known: BTreeMap<Level, usize> = BTreeMap::new();
    let mut levels: Vec<Fitted> = Vec::new();
    let mut cases: BTreeMap<Uuid, Case> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| !pair.same_chip) {
        let is_true = truth.is_true(pair.lost, pair.other);
        let mut candidate = Vec::new();
        for factor in pair.factors.iter().filter(|factor| factor.name != "species") {
            let level = level(factor);
            let at = *known.entry(level).or_insert_with(|| {
                levels.push(Fitted {
                    level,
                    present: 0.0,
                    change: 0.0,
                    matches: 0,
                    others: 0,
                });
                levels.len() - 1
            });
            if let Some(fitted) = levels.get_mut(at) {
                fitted.present += factor.weight;
                fitted.matches += usize::from(is_true);
                fitted.others += usize::from(!is_true);
            }
            candidate.push(at);
        }
        let case = cases.entry(pair.lost).or_insert(Case {
            candidates: Vec::new(),
            none_of_them: match_score::none_of_them(pair.surroundings),
            is_test: pair.lost.as_u128() % 2 == 1,
        });
        case.candidates.push((candidate, pair.score, is_true));
    }
    for level in &mut levels {
        level.present /= (level.matches + level.others) as f64;
    }
    (levels, cases.into_values().collect())
}

fn level(factor: &Factor) -> Level {
    let step = match factor.name {
        "distance" | "time" | "marks" | "photo" => STEP,
        _ => 0.05,
    };
    (factor.name, (factor.weight / step).round() as i64)
}
