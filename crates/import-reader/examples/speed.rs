//! How fast an import reads a file: a check for changes to the reader.
//!
//! `cargo run --release -p import-reader --example speed FILE [ROUNDS]`
//!
//! Reads the file as an import does: for the order of day and month in its dates, for the gists of its rows, and for
//! its animals. The example tells for each reading how long the fastest of the rounds (three if nothing is said) kept the processor busy.

use std::{
    fs,
    time::{Duration, Instant},
};

use entity::Timestamp;
use import_reader::{Calendar, Circumstances, ImportReader, Mapping, zone::Zone};

const USUAL_ROUNDS: u32 = 3;
/// 2026-11-28T12:00:00Z.
const TODAY: Timestamp = Timestamp(1_795_867_200_000);

fn main() {
    let mut words = std::env::args().skip(1);
    let path = words.next().expect("the path of a file");
    let rounds = words
        .next()
        .map_or(USUAL_ROUNDS, |word| word.parse().expect("a number"));
    let file = fs::read(path).expect("the file can be read");
    let circumstances = Circumstances {
        today: TODAY,
        zone: Zone::named("America/Chicago").expect("the zone exists"),
        country: Some("US".to_owned()),
        order: None,
    };
    let mapping = Mapping::default();
    let calendar = || Calendar::of_mapped(file.as_slice(), &circumstances, &mapping).expect("the dates are clear");
    let known = calendar();
    let open = || ImportReader::open_mapped(file.as_slice(), known.clone(), &mapping).expect("the file can be read");
    let rows = open().count();
    let readings: [(&str, &dyn Fn()); 3] = [
        ("the order of its dates", &|| drop(calendar())),
        ("the gists of its rows", &|| assert_eq!(open().gists().count(), rows)),
        ("its animals", &|| assert_eq!(open().count(), rows)),
    ];
    println!("{rows} rows");
    for (name, read) in readings {
        let fastest = (0..rounds).map(|_| time(read)).min().unwrap_or_default();
        let speed = rows as f64 / fastest.as_secs_f64();
        println!("{name}: {} ms, {speed:.0} rows per second", fastest.as_millis());
    }
}

/// How long something keeps the processor busy; where the system does not tell, how long it takes.
fn time(work: &dyn Fn()) -> Duration {
    let (busy, began) = (busy(), Instant::now());
    work();
    match (busy, self::busy()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => began.elapsed(),
    }
}

fn busy() -> Option<Duration> {
    let told = fs::read_to_string("/proc/self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
