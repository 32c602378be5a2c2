//! Measures the index: `cargo run --release --example index -- POINTS VIEWS`.
//!
//! POINTS holds latitude and longitude of each report as little-endian doubles. VIEWS has a line for each viewport:
//! `zoom south west north east`. Prints JSON; `bench/map-index.mjs` makes both files and compares with a peer. Times are
//! those that the thread had a processor, so that they hold on a busy machine too; Linux only.

use std::{
    env, fs,
    hint::black_box,
    time::{Duration, Instant},
};

use entity::{
    ColorSet, Timestamp,
    id::PetId,
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};
use geometry::{Bounds, Point};
use pet_index::{IndexFilter, Most, PetIndex, Pin, Window};
use serde_json::{Value, json};
use uuid::Uuid;

/// The server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EVERYTHING: Most = Most {
    clusters: usize::MAX,
    pins: usize::MAX,
};
/// How long each measurement runs at least.
const LONG_ENOUGH: Duration = Duration::from_millis(300);
const CHANGES: usize = 20_000;

struct View {
    zoom: u32,
    bounds: Bounds,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let (points, views) = (arguments.next(), arguments.next());
    let (Some(points), Some(views)) = (points, views) else {
        return Err("usage: pet_index POINTS VIEWS".into());
    };
    let points = read_points(&points)?;
    let views = read_views(&views)?;

    let pins: Vec<Pin> = points
        .iter()
        .enumerate()
        .map(|(number, point)| pin(number, *point))
        .collect();
    let began = processor_time();
    let mut builder = PetIndex::builder();
    pins.into_iter().for_each(|pin| builder.add(pin));
    let taken_in = processor_time() - began;
    let mut pet_index = builder.finish();
    let built = processor_time() - began - taken_in;

    let memory = pet_index.memory_bytes();
    let draws = draws(&pet_index, &views, &IndexFilter::default());
    let kinds = IndexFilter {
        kinds: Some(vec![PetKind::Lost, PetKind::Sighted]),
        ..IndexFilter::default()
    };
    let sifted = self::draws(&pet_index, &views, &kinds);
    let lists = lists(&pet_index, &views, &kinds);
    let changes = changes(&mut pet_index, &points);
    let report = json!({
        "reports": points.len(),
        "takeInMillis": millis(taken_in),
        "buildMillis": millis(built),
        "bytesPerReport": memory as f64 / points.len() as f64,
        "draws": draws,
        "drawsOfTwoKinds": sifted,
        "lists": lists,
        "changes": changes,
    });
    println!("{report:#}");
    Ok(())
}

fn read_points(path: &str) -> Result<Vec<Point>, Box<dyn std::error::Error>> {
    let bytes = fs::read(path)?;
    let (numbers, _) = bytes.as_chunks::<8>();
    let numbers: Vec<f64> = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let (pairs, _) = numbers.as_chunks::<2>();
    Ok(pairs
        .iter()
        .map(|[latitude, longitude]| Point::new(*latitude, *longitude))
        .collect::<Result<_, _>>()?)
}

fn read_views(path: &str) -> Result<Vec<View>, Box<dyn std::error::Error>> {
    let text = fs::read_to_string(path)?;
    let view = |line: &str| {
        let numbers: Vec<f64> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let &[zoom, south, west, north, east] = numbers.as_slice() else {
            return Err("a view is: zoom south west north east".into());
        };
        let bounds = Bounds::new(south, west, north, east)?;
        Ok(View {
            zoom: zoom as u32,
            bounds,
        })
    };
    text.lines().map(view).collect()
}

/// A report as they are in practice: a common name or none, a town, few breeds, reported one after the other.
fn pin(number: usize, point: Point) -> Pin {
    let chance = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let lot = |among: u64, salt: u32| chance.rotate_left(salt) % among;
    let time = 1_780_000_000_000 + number as i64 * 1_000;
    let id = u128::from(time.cast_unsigned()) << 80 | 7 << 76 | u128::from(chance.rotate_left(32));
    Pin {
        id: PetId(Uuid::from_u128(id)),
        kind: [PetKind::Lost, PetKind::Found, PetKind::Sighted, PetKind::Sheltered][lot(4, 3) as usize],
        status: if lot(20, 5) == 0 {
            PetStatus::Matched
        } else {
            PetStatus::Open
        },
        species: [Species::Dog, Species::Cat, Species::Bird][lot(3, 7) as usize],
        sex: [Sex::Female, Sex::Male, Sex::Unknown][lot(3, 9) as usize],
        altered: Altered::Unknown,
        size: [PetSize::Small, PetSize::Medium, PetSize::Large][lot(3, 11) as usize],
        age_group: [AgeGroup::Baby, AgeGroup::Young, AgeGroup::Adult, AgeGroup::Senior][lot(4, 13) as usize],
        coat: CoatLength::Short,
        pattern: CoatPattern::Solid,
        colors: ColorSet(1 << lot(11, 15)),
        microchipped: [None, Some(true), Some(false)][lot(3, 17) as usize],
        urgent: lot(10, 19) == 0,
        breed_primary: Some(format!("Breed {}", lot(300, 21))),
        breed_secondary: (lot(4, 23) == 0).then(|| format!("Breed {}", lot(300, 25))),
        breed_mixed: lot(2, 27) == 0,
        shelter_id: None,
        name: (lot(4, 29) != 0).then(|| format!("Buddy {}", lot(5_000, 31))),
        place_label: format!("Austin {}, TX", lot(20_000, 33)),
        precision: PlacePrecision::Point,
        point: Some(point),
        seen_at: Timestamp(time - 3_600_000),
        reported_at: Timestamp(time),
        marks_signature: chance,
    }
}

/// Nanoseconds of a drawing, and what was drawn, for each zoom of the views.
fn draws(pet_index: &PetIndex, views: &[View], index_filter: &IndexFilter) -> Vec<Value> {
    let mut zooms: Vec<u32> = views.iter().map(|view| view.zoom).collect();
    zooms.dedup();
    let of_zoom = |zoom: u32| {
        let views: Vec<&View> = views.iter().filter(|view| view.zoom == zoom).collect();
        let (mut clusters, mut pins, mut total) = (0, 0, 0);
        for view in &views {
            let drawing = pet_index.draw(&view.bounds, zoom, index_filter, EVERYTHING);
            (clusters, pins, total) = (
                clusters + drawing.clusters.len(),
                pins + drawing.pins.len(),
                total + drawing.total,
            );
        }
        let nanos = nanos_each(views.len(), || {
            for view in &views {
                black_box(pet_index.draw(&view.bounds, zoom, index_filter, EVERYTHING));
            }
        });
        let each = |sum: usize| sum as f64 / views.len() as f64;
        json!({ "zoom": zoom, "nanos": nanos, "clusters": each(clusters), "pins": each(pins), "total": each(total) })
    };
    zooms.into_iter().map(of_zoom).collect()
}

/// Nanoseconds of a page of 100 in the middle of each viewport.
fn lists(pet_index: &PetIndex, views: &[View], kinds: &IndexFilter) -> Value {
    let views: Vec<&View> = views.iter().filter(|view| view.zoom == 12).collect();
    let (newest, nearest) = (window(), window());
    let in_box = |view: &View| IndexFilter {
        area: Some(pet_index::Area::Bounds(view.bounds)),
        ..kinds.clone()
    };
    let middle = |bounds: &Bounds| Point::new((bounds.south + bounds.north) / 2.0, bounds.west);
    let newest_in_box = nanos_each(views.len(), || {
        for view in &views {
            black_box(pet_index.newest(&in_box(view), &newest));
        }
    });
    let nearest_of_kinds = nanos_each(views.len(), || {
        for from in views.iter().filter_map(|view| middle(&view.bounds).ok()) {
            black_box(pet_index.nearest(from, kinds, &nearest));
        }
    });
    let count_of_kinds = nanos_each(1, || _ = black_box(pet_index.count(kinds)));
    json!({
        "newestInBoxNanos": newest_in_box,
        "nearestNanos": nearest_of_kinds,
        "countNanos": count_of_kinds,
    })
}

fn window<K>() -> Window<K> {
    Window {
        after: None,
        before: None,
        limit: 100,
        backward: false,
    }
}

/// Microseconds of putting in and taking out: the mean by the processor's time, and by the clock what one in a hundred
/// exceeds.
fn changes(pet_index: &mut PetIndex, points: &[Point]) -> Value {
    let step = (points.len() / CHANGES).max(1);
    let places = points.iter().step_by(step).take(CHANGES);
    let pins: Vec<Pin> = places
        .enumerate()
        .map(|(number, point)| pin(points.len() + number, *point))
        .collect();
    let mut ids: Vec<PetId> = points
        .iter()
        .enumerate()
        .step_by(step)
        .map(|(number, point)| pin(number, *point).id)
        .collect();
    ids.truncate(CHANGES);
    let began = processor_time();
    let put: Vec<Duration> = pins.iter().map(|pin| timed(|| drop(pet_index.put(pin)))).collect();
    let put_in = processor_time() - began;
    let removed: Vec<Duration> = ids.into_iter().map(|id| timed(|| drop(pet_index.remove(id)))).collect();
    let taken_out = processor_time() - began - put_in;
    json!({
        "put": micros(put, put_in),
        "remove": micros(removed, taken_out),
        "bytesPerReportAfter": pet_index.memory_bytes() as f64 / pet_index.len() as f64,
    })
}

/// By the clock: a single change is too short for the processor's time.
fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn micros(mut times: Vec<Duration>, all: Duration) -> Value {
    times.sort_unstable();
    let micros = |time: &Duration| time.as_secs_f64() * 1e6;
    json!({
        "mean": micros(&all) / times.len() as f64,
        "p99": times.get(times.len() * 99 / 100).map(micros),
    })
}

fn nanos_each(count: usize, mut work: impl FnMut()) -> f64 {
    work();
    let began = processor_time();
    let mut rounds = 0;
    while processor_time() - began < LONG_ENOUGH {
        work();
        rounds += 1;
    }
    (processor_time() - began).as_secs_f64() * 1e9 / f64::from(rounds) / count as f64
}

/// How long this thread had a processor so far, as the kernel counts it (a few milliseconds late).
fn processor_time() -> Duration {
    let counted = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos = counted.split_whitespace().next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
