//! Makes up reports, some of them about one animal.
//!
//! Deterministic: the same plan gives the same reports. What happens to an animal, and how people describe it, follows
//! simple distributions that are not those of the score.

mod animal;
mod describe;
mod tables;
mod world;

use entity::{
    Timestamp,
    vocabulary::{PetKind, Species},
};
use fastrand::Rng;
use uuid::Uuid;

use self::{
    animal::Animal,
    describe::describe,
    world::{Spot, World},
};
use crate::Report;

/// 2025-01-01T00:00:00Z.
const BEGIN: i64 = 1_735_689_600_000;
const DAY_MILLISECONDS: f64 = 86_400_000.0;
/// Share of lost reports among those that are not planted.
const LOST: f64 = 0.4;
/// Share of the planted animals that are reported twice after the loss: seen first, then taken in.
const SEEN_TWICE: f64 = 0.1;
/// Share of the reports after which the rest of a litter is reported from the same place.
const LITTERS: f64 = 0.01;

/// What to make up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Number of reports, about.
    pub reports: usize,
    /// Number of animals that are lost and also reported by others.
    pub pairs: usize,
    /// Different seeds give different reports.
    pub seed: u64,
    /// Number of days over which the losses are spread.
    pub days: f64,
    /// What goes wrong.
    pub noise: Noise,
}

/// How far the reports of one animal are from the truth; each value is a share of the reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Animals that a person carried away before they were reported, or that ran very far.
    pub moved: f64,
    /// Finders who give their own address.
    pub finders_home: f64,
    /// Animals in a shelter, reported with its address.
    pub shelter_address: f64,
    /// Reports of which only the postal code is known.
    pub postcode: f64,
    /// Reports of which only the town is known.
    pub town: f64,
    /// Losses with a wrong date.
    pub wrong_date: f64,
    /// Animals that are found months later.
    pub late: f64,
    /// Breeds that are misjudged by eye.
    pub misjudged_breed: f64,
    /// Colours that are left out, added or called by another name.
    pub misjudged_colors: f64,
    /// Traits that a report leaves out.
    pub missing: f64,
    /// Marks that a report mentions.
    pub marks: f64,
}

impl Default for Noise {
    fn default() -> Self {
        Self {
            moved: 0.05,
            finders_home: 0.06,
            shelter_address: 0.1,
            postcode: 0.08,
            town: 0.04,
            wrong_date: 0.04,
            late: 0.05,
            misjudged_breed: 0.2,
            misjudged_colors: 0.15,
            missing: 0.12,
            marks: 0.4,
        }
    }
}

impl Noise {
    /// With all shares multiplied; none exceeds 1.
    pub fn times(self, factor: f64) -> Self {
        let times = |share: f64| (share * factor).clamp(0.0, 1.0);
        Self {
            moved: times(self.moved),
            finders_home: times(self.finders_home),
            shelter_address: times(self.shelter_address),
            postcode: times(self.postcode),
            town: times(self.town),
            wrong_date: times(self.wrong_date),
            late: times(self.late),
            misjudged_breed: times(self.misjudged_breed),
            misjudged_colors: times(self.misjudged_colors),
            missing: times(self.missing),
            // Marks that are mentioned make it easier.
            marks: self.marks,
        }
    }
}

/// Makes up reports.
pub fn generate(plan: &Plan) -> Vec<Report> {
    let mut maker = Maker {
        rng: Rng::with_seed(plan.seed),
        world: World::default(),
        plan,
        reports: Vec::with_capacity(plan.reports),
    };
    for number in 0..plan.pairs {
        maker.planted(number);
    }
    while maker.reports.len() < plan.reports {
        maker.unrelated();
    }
    let mut reports = maker.reports;
    maker.rng.shuffle(&mut reports);
    reports
}

struct Maker<'a> {
    rng: Rng,
    world: World,
    plan: &'a Plan,
    reports: Vec<Report>,
}

impl Maker<'_> {
    /// A lost report and one or two others of the same animal.
    fn planted(&mut self, number: usize) {
        let animal = Animal::any(&mut self.rng);
        let name = Some(format!("animal {number}"));
        let home = self.world.anywhere(&mut self.rng);
        let lost_at = self.rng.f64() * self.plan.days;
        self.report(&animal, PetKind::Lost, &home, lost_at, &name);

        let found_at = lost_at + days_until_found(&mut self.rng, animal.species, self.plan.noise.late);
        let found = self.wander(&home, animal.species);
        if chance(&mut self.rng, SEEN_TWICE) {
            self.report(&animal, PetKind::Sighted, &found, found_at, &name);
            let later = found_at + self.rng.f64() * 3.0;
            self.report(&animal, PetKind::Sheltered, &found, later, &name);
        } else {
            let kind = other_kind(&mut self.rng);
            self.report(&animal, kind, &found, found_at, &name);
        }
    }

    /// A report, or those of a litter, of which nobody reports the other side.
    fn unrelated(&mut self) {
        let animal = Animal::any(&mut self.rng);
        let spot = self.world.anywhere(&mut self.rng);
        let day = self.rng.f64() * (self.plan.days + 30.0);
        if chance(&mut self.rng, LOST) {
            return self.report(&animal, PetKind::Lost, &spot, day, &None);
        }
        let kind = other_kind(&mut self.rng);
        self.report(&animal, kind, &spot, day, &None);
        if chance(&mut self.rng, LITTERS) {
            for _ in 0..self.rng.usize(1..4) {
                let sibling = animal.sibling(&mut self.rng);
                self.report(&sibling, kind, &spot, day, &None);
            }
        }
    }

    fn report(&mut self, animal: &Animal, kind: PetKind, spot: &Spot, day: f64, name: &Option<String>) {
        let noise = &self.plan.noise;
        let mut day = day;
        if kind == PetKind::Lost && chance(&mut self.rng, noise.wrong_date) {
            day += (self.rng.f64() - 0.4) * 10.0;
        }
        let told = self.world.told(&mut self.rng, kind, spot, noise);
        let mut subject = describe(&mut self.rng, animal, kind, noise);
        subject.id = Uuid::from_u128(self.rng.u128(..));
        subject.point = Some(told.point);
        subject.precision = told.precision;
        subject.address = Some(told.area.clone());
        subject.seen_at = Timestamp(BEGIN + (day * DAY_MILLISECONDS) as i64);
        self.reports.push(Report {
            subject,
            area: told.area,
            postcode: told.postcode,
            animal: name.clone(),
        });
    }

    /// Where an animal is found that was lost here.
    fn wander(&mut self, home: &Spot, species: Species) -> Spot {
        let rng = &mut self.rng;
        let kilometers = match chance(rng, self.plan.noise.moved) {
            true => log_uniform(rng, 4.0, 60.0),
            false => {
                let steps: [(f64, f64); 3] = match species {
                    Species::Dog | Species::Equine | Species::Farm => [(0.5, 0.4), (0.33, 2.0), (0.17, 7.0)],
                    Species::Bird => [(0.4, 0.5), (0.4, 2.0), (0.2, 6.0)],
                    _ => [(0.62, 0.1), (0.28, 0.6), (0.1, 3.0)],
                };
                let mean = pick_mean(rng.f64(), steps);
                exponential(rng, mean)
            }
        };
        self.world.away(rng, home, kilometers)
    }
}

/// Kinds of the reports that are not lost ones.
fn other_kind(rng: &mut Rng) -> PetKind {
    match rng.f64() {
        share if share < 0.4 => PetKind::Found,
        share if share < 0.53 => PetKind::Sighted,
        _ => PetKind::Sheltered,
    }
}

fn days_until_found(rng: &mut Rng, species: Species, late: f64) -> f64 {
    if chance(rng, late) {
        return 40.0 + rng.f64() * 120.0;
    }
    let (quick, slow) = match species {
        Species::Cat => (5.0, 28.0),
        _ => (2.5, 14.0),
    };
    let mean = if chance(rng, 0.6) { quick } else { slow };
    exponential(rng, mean)
}

/// The mean that a number from 0 to 1 picks among means with shares.
fn pick_mean(number: f64, means: [(f64, f64); 3]) -> f64 {
    let [first, second, third] = means;
    match number {
        _ if number < first.0 => first.1,
        _ if number < first.0 + second.0 => second.1,
        _ => third.1,
    }
}

/// Whether something happens that has this probability.
fn chance(rng: &mut Rng, probability: f64) -> bool {
    rng.f64() < probability
}

fn exponential(rng: &mut Rng, mean: f64) -> f64 {
    -mean * (1.0 - rng.f64()).ln()
}

fn log_uniform(rng: &mut Rng, from: f64, to: f64) -> f64 {
    from * (rng.f64() * (to / from).ln()).exp()
}
