//! Finds the counterparts in the ring of a lost report, quickly.

use std::{collections::HashMap, sync::Arc};

use entity::vocabulary::{PetKind, Species};
use geometry::{Bounds, Circle, Point};
use match_score::{Ring, SURROUNDINGS_DAYS, SURROUNDINGS_METERS, Sketch, Subject, in_ring};

use crate::Report;

const DAY_MILLISECONDS: u64 = 86_400_000;
/// Cells per degree.
const CELLS: f64 = 5.0;

/// A report, and what a server has of it in memory.
#[derive(Clone)]
pub struct Counterpart<'a> {
    /// The report.
    pub subject: &'a Subject,
    /// The part in memory.
    pub sketch: Arc<Sketch>,
}

/// The found, sighted and sheltered reports of all places, by species and cell and in the order of time.
pub struct Counterparts<'a> {
    subjects: Vec<Counterpart<'a>>,
    cells: HashMap<(Species, i32, i32), Vec<usize>>,
    chips: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Counterparts<'a> {
    /// Of these reports.
    pub fn of(reports: &'a [Report]) -> Self {
        let mut subjects: Vec<&Subject> = reports
            .iter()
            .map(|report| &report.subject)
            .filter(|subject| subject.kind != PetKind::Lost)
            .collect();
        subjects.sort_by_key(|subject| (subject.seen_at, subject.id));
        let mut found = Self {
            subjects: Vec::new(),
            cells: HashMap::new(),
            chips: HashMap::new(),
        };
        for (at, subject) in subjects.iter().enumerate() {
            if let Some((x, y)) = subject.point.map(cell) {
                found.cells.entry((subject.species, x, y)).or_default().push(at);
            }
            for chip in [&subject.microchip, &subject.second_microchip].into_iter().flatten() {
                found.chips.entry(chip).or_default().push(at);
            }
        }
        found.subjects = subjects.into_iter().map(Counterpart::of).collect();
        found
    }

    /// Those that are compared with a lost report.
    pub fn around(&self, lost: &Subject) -> Vec<&Counterpart<'a>> {
        let ring = Ring::around_lost(lost);
        let mut found = Vec::new();
        if let Some(far) = &ring.far {
            for (x, y) in cells(far) {
                let Some(cell) = self.cells.get(&(lost.species, x, y)) else {
                    continue;
                };
                let subjects = cell.iter().filter_map(|at| self.subjects.get(*at));
                let late = subjects.skip_while(|other| other.subject.seen_at < ring.any_time.0);
                found.extend(late.filter(|other| in_ring(lost, other.subject)));
            }
        }
        let chips = [&lost.microchip, &lost.second_microchip].into_iter().flatten();
        let chipped = chips.filter_map(|chip| self.chips.get(chip.as_str())).flatten();
        found.extend(chipped.filter_map(|at| self.subjects.get(*at)));
        found.sort_by_key(|other| other.subject.id);
        found.dedup_by_key(|other| other.subject.id);
        found
    }
}

impl Counterparts<'_> {
    /// The number of counterparts of the same species around a lost report.
    pub fn surroundings(&self, lost: &Subject) -> u32 {
        let Some(circle) = lost
            .point
            .and_then(|point| Circle::new(point, SURROUNDINGS_METERS).ok())
        else {
            return 0;
        };
        let bounds = circle.bounding_box();
        let (mut before, mut after) = (0, 0);
        for (x, y) in cells(&bounds) {
            let cell = self.cells.get(&(lost.species, x, y)).into_iter().flatten();
            for other in cell.filter_map(|at| self.subjects.get(*at)) {
                let is_near = other.subject.point.is_some_and(|point| bounds.contains(point));
                let later = other.subject.seen_at.0 - lost.seen_at.0;
                if is_near && later.unsigned_abs() <= SURROUNDINGS_DAYS * DAY_MILLISECONDS {
                    *if later < 0 { &mut before } else { &mut after } += 1;
                }
            }
        }
        before.max(after)
    }
}

impl<'a> Counterpart<'a> {
    fn of(subject: &'a Subject) -> Self {
        Self {
            subject,
            sketch: Arc::new(Sketch::of(subject)),
        }
    }
}

fn cell(point: Point) -> (i32, i32) {
    (number(point.longitude), number(point.latitude))
}

fn cells(bounds: &Bounds) -> Vec<(i32, i32)> {
    let rows = number(bounds.south)..=number(bounds.north);
    let columns = bounds.longitude_ranges().into_iter();
    let columns = columns.flat_map(|(west, east)| number(west)..=number(east));
    columns.flat_map(|x| rows.clone().map(move |y| (x, y))).collect()
}

fn number(degrees: f64) -> i32 {
    (degrees * CELLS).floor() as i32
}
