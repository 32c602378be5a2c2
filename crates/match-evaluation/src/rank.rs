//! Ranks the counterparts of every lost report as the server does: the best in its ring are kept, and each pair is then
//! seen beside its rivals on both sides.

use std::{collections::HashMap, num::NonZero, thread};

use entity::vocabulary::PetKind;
use match_score::{Factor, KEPT, Rivals, Standing, Subject, UpperBound, score, standing};
use uuid::Uuid;

use crate::{
    Report,
    candidates::{Counterpart, Counterparts},
};

/// A pair that was kept.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Id of the lost report.
    pub lost: Uuid,
    /// Id of its counterpart.
    pub other: Uuid,
    /// Place among the pairs of the lost report, from 1.
    pub rank: usize,
    /// The score of the pair alone.
    pub score: f64,
    /// Whether the chips are equal.
    pub same_chip: bool,
    /// What the pair is worth beside its rivals.
    pub standing: Standing,
    /// Number of counterparts around the lost report.
    pub surroundings: u32,
    /// The reasons.
    pub factors: Vec<Factor>,
}

/// All pairs that would be kept of these reports.
pub fn rank(reports: &[Report]) -> Vec<Pair> {
    let counterparts = &Counterparts::of(reports);
    let lost: Vec<&Subject> = reports
        .iter()
        .map(|report| &report.subject)
        .filter(|subject| subject.kind == PetKind::Lost)
        .collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let size = lost.len().div_ceil(threads).max(1);
    let mut pairs: Vec<Pair> = thread::scope(|scope| {
        let run = |chunk| scope.spawn(move || best_of_all(chunk, counterparts));
        let running: Vec<_> = lost.chunks(size).map(run).collect();
        running
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .flatten()
            .collect()
    });
    stand(&mut pairs, &surroundings(&lost, counterparts));
    pairs
}

/// The number of counterparts around each lost report.
fn surroundings(lost: &[&Subject], counterparts: &Counterparts) -> HashMap<Uuid, u32> {
    let counted = lost.iter().map(|lost| (lost.id, counterparts.surroundings(lost)));
    counted.collect()
}

fn best_of_all(lost: &[&Subject], counterparts: &Counterparts) -> Vec<Pair> {
    lost.iter()
        .flat_map(|lost| best(lost, &counterparts.around(lost)))
        .collect()
}

/// The best pairs of a lost report. Exact scores are computed only as long as they could be among the best.
fn best(lost: &Subject, others: &[&Counterpart]) -> Vec<Pair> {
    let bound = UpperBound::of(lost);
    let most = |other: &Counterpart| match has_chip_of(lost, other.subject) {
        true => f64::INFINITY,
        false => bound.with(&other.sketch),
    };
    let mut prospects: Vec<(f64, &Subject)> = others.iter().map(|other| (most(other), other.subject)).collect();
    prospects.sort_by(|one, two| two.0.total_cmp(&one.0));
    let mut pairs: Vec<Pair> = Vec::new();
    for (most, other) in prospects {
        let last = pairs.get(KEPT - 1).map(|pair| pair.score);
        if last.is_some_and(|last| most < last) {
            break;
        }
        let Some(scored) = score(lost, other) else {
            continue;
        };
        let at = pairs.partition_point(|pair| (scored.score, pair.other) <= (pair.score, other.id));
        let standing = standing(scored.score, scored.same_chip, Rivals::default(), 0);
        pairs.insert(
            at,
            Pair {
                lost: lost.id,
                other: other.id,
                rank: 0,
                score: scored.score,
                same_chip: scored.same_chip,
                standing,
                surroundings: 0,
                factors: scored.factors,
            },
        );
        pairs.truncate(KEPT);
    }
    for (pair, rank) in pairs.iter_mut().zip(1..) {
        pair.rank = rank;
    }
    pairs
}

fn has_chip_of(lost: &Subject, other: &Subject) -> bool {
    let mine = [&lost.microchip, &lost.second_microchip];
    let theirs = [&other.microchip, &other.second_microchip];
    theirs.into_iter().any(|chip| chip.is_some() && mine.contains(&chip))
}

/// Compares each pair with its rivals: all others of the same lost report or the same counterpart.
fn stand(pairs: &mut [Pair], surroundings: &HashMap<Uuid, u32>) {
    let mut scores: HashMap<Uuid, Vec<(usize, f64)>> = HashMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        for side in [pair.lost, pair.other] {
            scores.entry(side).or_default().push((at, pair.score));
        }
    }
    for (at, pair) in pairs.iter_mut().enumerate() {
        let rivals = |side| -> Vec<f64> {
            let of_side = scores.get(&side).into_iter().flatten();
            of_side
                .filter(|(rival, _)| *rival != at)
                .map(|(_, score)| *score)
                .collect()
        };
        // Nothing is known of who reports what, so counterparts count as those of several people.
        let (exclusive, compatible) = (&rivals(pair.other), &rivals(pair.lost));
        let rivals = Rivals { exclusive, compatible };
        pair.surroundings = surroundings.get(&pair.lost).copied().unwrap_or_default();
        pair.standing = standing(pair.score, pair.same_chip, rivals, pair.surroundings);
    }
}
