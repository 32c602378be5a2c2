//! Measures what an index costs while a large import fills it: memory at the end and at most, and time for each batch.
//!
//! `cargo run --release -p pet-index --example growth [BATCH] [REPORTS]`
//!
//! The index starts with 1,000 reports; 105,000 others of one city arrive in batches of 128 unless something else is
//! said, in about ten seconds: the allocator needs some time to give back what is free. As on a server, the index is
//! rebuilt when enough has changed. The reports are invented. Run it once for each size of batch, since the resident
//! memory only tells what the process held at most.

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};
use geometry::{Bounds, Point};
use pet_index::{Everybody, IndexFilter, LivePetIndex, Most, PetIndex, Pin};
use uuid::Uuid;

const EARLIER: u64 = 1_000;
/// The pause after each report of a batch.
const PAUSE: Duration = Duration::from_micros(90);

/// What the server uses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A generator of numbers (xorshift) that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    /// Nearly normal, from −2 to 2.
    fn normal(&mut self) -> f64 {
        (0..4).map(|_| self.below(1 << 20) as f64).sum::<f64>() / f64::from(1 << 20) - 2.0
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize]
    }

    /// A report of a shelter in Austin. One in five has a place that many share.
    fn pin(&mut self, number: u64) -> Pin {
        let shared = self.below(5) == 0;
        let mut at = |centre: f64| if shared { centre } else { centre + self.normal() * 0.12 };
        let point = Point::new(at(30.27), at(-97.74)).expect("a point in Austin");
        let made_at = Timestamp(1_790_000_000_000 + number as i64);
        Pin {
            id: PetId(Uuid::from_u64_pair(
                0x0190_0000_0000_7000 + (number << 20),
                self.below(1 << 53),
            )),
            kind: PetKind::Sheltered,
            status: PetStatus::Open,
            species: self.one_of(&[Species::Dog, Species::Cat]),
            sex: self.one_of(&[Sex::Female, Sex::Male, Sex::Unknown]),
            altered: self.one_of(&[Altered::Yes, Altered::No]),
            size: PetSize::Unknown,
            age_group: self.one_of(&[AgeGroup::Baby, AgeGroup::Adult, AgeGroup::Senior]),
            coat: CoatLength::Short,
            pattern: self.one_of(&[CoatPattern::Solid, CoatPattern::Tabby, CoatPattern::Unknown]),
            colors: ColorSet(1 << self.below(11)),
            microchipped: None,
            urgent: false,
            breed_primary: Some(format!("Domestic Breed {}", self.below(200))),
            breed_secondary: None,
            breed_mixed: self.below(2) == 0,
            shelter_id: Some(ShelterId(Uuid::from_u128(1))),
            name: (self.below(3) < 2).then(|| format!("Name {}", self.below(4_000))),
            place_label: "Austin, TX".to_owned(),
            precision: PlacePrecision::Street,
            point: Some(point),
            seen_at: Timestamp(made_at.0 - self.below(1 << 38) as i64),
            reported_at: made_at,
            marks_signature: 0,
        }
    }
}

/// What the process holds, in KiB.
fn resident(what: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// The median time of a drawing of the whole city through a filter that every second report passes.
fn drawn(pet_index: &PetIndex) -> Duration {
    let city = Bounds::new(30.0, -98.0, 30.5, -97.5).expect("bounds");
    let filter = IndexFilter {
        species: Some(vec![Species::Dog]),
        ..IndexFilter::default()
    };
    let most = Most {
        clusters: 1_000,
        pins: 1_000,
    };
    let mut times: Vec<Duration> = (0..51)
        .map(|_| {
            let started = Instant::now();
            assert!(0 < pet_index.draw(&city, 10, &filter, most).total);
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let mut words = std::env::args().skip(1);
    let mut number = |usual: u64| words.next().map_or(usual, |word| word.parse().expect("a number"));
    let (batch, reports) = (number(128), number(105_000));
    let mut dice = Dice(20_261_130);
    let mut builder = PetIndex::builder();
    (0..EARLIER).for_each(|number| builder.add(dice.pin(number)));
    let mut live_index = LivePetIndex::new(builder.finish());
    let before = resident("VmRSS");
    let bytes = live_index.pet_index(Everybody).memory_bytes();

    let (mut putting, mut slowest, mut rebuilding, mut rebuilds) = (Duration::ZERO, Duration::ZERO, Duration::ZERO, 0);
    for first in (0..reports).step_by(batch as usize) {
        let pins: Vec<Pin> = (first..reports.min(first + batch))
            .map(|number| dice.pin(EARLIER + number))
            .collect();
        let started = Instant::now();
        for pin in pins {
            live_index.take_in(pin.id, Some(pin), false);
        }
        (putting, slowest) = (putting + started.elapsed(), slowest.max(started.elapsed()));
        let started = Instant::now();
        if let Some(renewed) = live_index.renewed() {
            (live_index, rebuilds) = (renewed, rebuilds + 1);
            rebuilding += started.elapsed();
        }
        sleep(PAUSE * batch as u32);
    }

    let pet_index = live_index.pet_index(Everybody);
    let grown = pet_index.memory_bytes() - bytes;
    println!(
        "batches of {batch}: {:.2?} on average, {slowest:.2?} at most; {putting:.2?} in total",
        putting * batch as u32 / reports as u32
    );
    println!("rebuilt {rebuilds} times in {rebuilding:.2?}");
    println!(
        "the index grew by {} MiB, {} bytes a report",
        grown >> 20,
        grown / reports as usize
    );
    let at_most = resident("VmHWM");
    println!(
        "resident memory grew by {} MiB, by {} MiB at most",
        resident("VmRSS").saturating_sub(before) >> 10,
        at_most.saturating_sub(before) >> 10
    );
    let started = Instant::now();
    let rebuilt = pet_index.rebuilt();
    println!(
        "rebuilding it then takes {:.1?}, and {} MiB more than before at most",
        started.elapsed(),
        resident("VmHWM").saturating_sub(at_most) >> 10
    );
    println!(
        "drawing the city takes {:.2?}, {:.2?} in the rebuilt index",
        drawn(pet_index),
        drawn(&rebuilt)
    );
}
