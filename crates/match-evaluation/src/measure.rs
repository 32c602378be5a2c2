//! Counts how well true pairs were found.

use std::collections::{HashMap, HashSet};

use entity::vocabulary::{MatchBand, PetKind, PlacePrecision, Species};
use uuid::Uuid;

use crate::{Pair, Report};

const DAY_MILLISECONDS: i64 = 86_400_000;
/// Alerts within this time from the loss are counted as those of the first month.
const MONTH_DAYS: i64 = 30;

/// Figures on a set of lost reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Number of lost reports.
    pub lost: usize,
    /// Number of lost reports with a true counterpart.
    pub planted: usize,
    /// Number whose best true counterpart ranks first, among the first five, among those kept.
    pub recalled: [usize; 3],
    /// Sum of the reciprocal ranks.
    pub reciprocal_ranks: f64,
    /// Number of which a true pair has a band that people are alerted to.
    pub alerted: usize,
    /// Number of pairs that people would be alerted to although they are not true.
    pub false_alerts: usize,
    /// Those of them that were seen within a month from the loss.
    pub false_alerts_in_month: usize,
}

/// Numbers of pairs with a likelihood within an interval.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Calibration {
    /// Number of pairs.
    pub pairs: usize,
    /// Number of true pairs.
    pub matches: usize,
    /// Sum of the likelihoods.
    pub likelihood: f64,
}

/// Everything that is known of a ranking.
pub struct Truth<'a> {
    reports: HashMap<Uuid, &'a Report>,
    /// The true counterparts of each lost report that has any.
    counterparts: HashMap<Uuid, HashSet<Uuid>>,
}

/// Groups of lost reports that are counted by themselves.
pub type Group = String;

impl<'a> Truth<'a> {
    /// Of these reports.
    pub fn of(reports: &'a [Report]) -> Self {
        let mut by_animal: HashMap<&str, (Vec<Uuid>, Vec<Uuid>)> = HashMap::new();
        for report in reports {
            let Some(animal) = &report.animal else { continue };
            let (lost, others) = by_animal.entry(animal).or_default();
            match report.subject.kind {
                PetKind::Lost => lost.push(report.subject.id),
                _ => others.push(report.subject.id),
            }
        }
        let mut counterparts = HashMap::new();
        for (lost, others) in by_animal.into_values().filter(|(_, others)| !others.is_empty()) {
            for lost in lost {
                counterparts.insert(lost, others.iter().copied().collect());
            }
        }
        Self {
            reports: reports.iter().map(|report| (report.subject.id, report)).collect(),
            counterparts,
        }
    }

    /// Whether the two reports are about one animal.
    pub fn is_true(&self, lost: Uuid, other: Uuid) -> bool {
        self.counterparts
            .get(&lost)
            .is_some_and(|others| others.contains(&other))
    }

    /// The lost reports with their true counterparts.
    pub fn planted(&self) -> impl Iterator<Item = (&'a Report, Vec<&'a Report>)> {
        self.counterparts.iter().filter_map(|(lost, others)| {
            let others = others.iter().filter_map(|other| self.reports.get(other).copied());
            Some((*self.reports.get(lost)?, others.collect()))
        })
    }

    /// The groups of a lost report: everything, its species, and how vague the places of its best pair are.
    pub fn groups(&self, lost: Uuid) -> Vec<Group> {
        let Some(report) = self.reports.get(&lost) else {
            return Vec::new();
        };
        let mut groups = vec!["all".to_owned(), species_group(report.subject.species).to_owned()];
        if let Some(others) = self.counterparts.get(&lost) {
            let others = others.iter().filter_map(|other| self.reports.get(other));
            let vagueness = others
                .map(|other| vagueness(other.subject.precision).max(vagueness(report.subject.precision)))
                .min();
            groups.extend(vagueness.map(|(_, name)| format!("place: {name}")));
        }
        groups
    }
}

fn species_group(species: Species) -> &'static str {
    match species {
        Species::Dog => "dogs",
        Species::Cat => "cats",
        _ => "others",
    }
}

/// The rank and the name of a precision, from exact to vague.
fn vagueness(precision: PlacePrecision) -> (u8, &'static str) {
    match precision {
        PlacePrecision::Postcode => (1, "postal code"),
        PlacePrecision::City => (2, "town"),
        PlacePrecision::Shelter => (3, "shelter"),
        PlacePrecision::Unresolved => (4, "unresolved"),
        _ => (0, "point"),
    }
}

/// Whether people are alerted to a pair.
fn alerts(pair: &Pair) -> bool {
    MatchBand::Possible <= pair.standing.band
}

/// Counts for each group of lost reports.
pub fn measure(reports: &[Report], truth: &Truth, pairs: &[Pair]) -> HashMap<Group, Measures> {
    let mut by_lost: HashMap<Uuid, Vec<&Pair>> = HashMap::new();
    for pair in pairs {
        by_lost.entry(pair.lost).or_default().push(pair);
    }
    let mut measures: HashMap<Group, Measures> = HashMap::new();
    for report in reports.iter().filter(|report| report.subject.kind == PetKind::Lost) {
        let lost = report.subject.id;
        let pairs = by_lost.get(&lost).map(Vec::as_slice).unwrap_or_default();
        let counted = of_lost(report, truth, pairs);
        for group in truth.groups(lost) {
            measures.entry(group).or_default().add(&counted);
        }
    }
    measures
}

fn of_lost(report: &Report, truth: &Truth, pairs: &[&Pair]) -> Measures {
    let lost = report.subject.id;
    let month = report.subject.seen_at.0 + MONTH_DAYS * DAY_MILLISECONDS;
    let in_month = |pair: &&&Pair| {
        let other = truth.reports.get(&pair.other);
        other.is_some_and(|other| other.subject.seen_at.0 <= month)
    };
    let (right, wrong): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|pair| truth.is_true(lost, pair.other));
    let false_alerts: Vec<&Pair> = wrong.into_iter().filter(|pair| alerts(pair)).collect();
    let rank = right.iter().map(|pair| pair.rank).min();
    Measures {
        lost: 1,
        planted: usize::from(truth.counterparts.contains_key(&lost)),
        alerted: usize::from(right.into_iter().any(alerts)),
        false_alerts_in_month: false_alerts.iter().filter(in_month).count(),
        false_alerts: false_alerts.len(),
        ..Measures::of_rank(rank)
    }
}

impl Measures {
    /// Of one report whose best true counterpart has this rank.
    pub fn of_rank(rank: Option<usize>) -> Self {
        Self {
            recalled: [1, 5, 20].map(|most| usize::from(rank.is_some_and(|rank| rank <= most))),
            reciprocal_ranks: rank.map_or(0.0, |rank| 1.0 / rank as f64),
            ..Self::default()
        }
    }

    /// Adds the figures of other reports.
    pub fn add(&mut self, other: &Self) {
        self.lost += other.lost;
        self.planted += other.planted;
        for (sum, more) in self.recalled.iter_mut().zip(other.recalled) {
            *sum += more;
        }
        self.reciprocal_ranks += other.reciprocal_ranks;
        self.alerted += other.alerted;
        self.false_alerts += other.false_alerts;
        self.false_alerts_in_month += other.false_alerts_in_month;
    }
}

/// How often pairs of a band, and of a tenth of the likelihood, are true.
pub fn calibrate(truth: &Truth, pairs: &[Pair]) -> (Vec<(MatchBand, Calibration)>, [Calibration; 10]) {
    let bands = [MatchBand::Chip, MatchBand::Strong, MatchBand::Possible, MatchBand::Weak];
    let mut by_band = bands.map(|band| (band, Calibration::default()));
    let mut by_tenth = [Calibration::default(); 10];
    for pair in pairs {
        let is_true = truth.is_true(pair.lost, pair.other);
        let tenth = ((pair.standing.likelihood * 10.0) as usize).min(9);
        let of_band = by_band.iter_mut().filter(|(band, _)| *band == pair.standing.band);
        let counted = of_band.map(|(_, counted)| counted).chain(by_tenth.get_mut(tenth));
        for counted in counted {
            counted.pairs += 1;
            counted.matches += usize::from(is_true);
            counted.likelihood += pair.standing.likelihood;
        }
    }
    (by_band.to_vec(), by_tenth)
}
