//! Reads damaged files of every layout: whatever happened to a file, it gives rows or errors, soon, in little memory.
//!
//! `cargo run --release -p import-reader --example mutate [FILES] [SEED]`
//!
//! Each file in `tests/golden` and `tests/unknown/files` is damaged in so many ways (10,000 if nothing is said). The
//! example tells for each how long the slowest took and what the process held at most, and fails on a panic, on a file
//! that takes ten seconds, and on more rows than lines. The damaged file is left in the folder for temporary files.

#[path = "mutate/damage.rs"]
mod damage;

use std::{
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
    process::exit,
    time::{Duration, Instant},
};

use entity::{Timestamp, vocabulary::DateOrder};
use import_reader::{Calendar, Circumstances, FileError, FirstLook, ImportReader, Mapping, zone::Zone};

use self::damage::{Dice, damaged};

const USUAL_FILES: usize = 10_000;
const USUAL_SEED: u64 = 20_261_130;
/// 2026-11-28T12:00:00Z.
const TODAY: Timestamp = Timestamp(1_795_867_200_000);
/// How long one file may take: those that are damaged are at most 64 KiB.
const SLOW: Duration = Duration::from_secs(10);

fn main() {
    let mut words = std::env::args().skip(1);
    let mut number = |usual: u64| words.next().map_or(usual, |word| word.parse().expect("a number"));
    let each = number(USUAL_FILES as u64);
    let mut dice = Dice::new(number(USUAL_SEED));
    let corpus: Vec<(PathBuf, Vec<u8>)> = paths()
        .into_iter()
        .map(|path| (path.clone(), fs::read(&path).expect("the file can be read")))
        .collect();
    let whole: Vec<&[u8]> = corpus.iter().map(|(_, file)| file.as_slice()).collect();
    let (mut sent, mut read, began) = (0_u64, 0_u64, Instant::now());
    for (path, file) in &corpus {
        let (mut slowest, mut rows) = (Duration::ZERO, 0);
        for _ in 0..each {
            let input = damaged(file, &whole, &mut dice);
            let before = Instant::now();
            match catch_unwind(|| rows_of(&input)) {
                Ok(Ok(count)) => rows += count as u64,
                Ok(Err(broken)) => report(path, &input, &broken),
                Err(_) => report(path, &input, "the reader panics"),
            }
            slowest = slowest.max(before.elapsed());
            if SLOW < slowest {
                report(path, &input, "the reader is slow");
            }
        }
        sent += each;
        read += rows;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name}: {rows} rows, slowest {slowest:?}, at most {} MiB", most_held());
    }
    println!(
        "{sent} files of {} layouts, {read} rows, in {:?}; at most {} MiB",
        corpus.len(),
        began.elapsed(),
        most_held()
    );
}

/// Reads a file as a preview and as an import do; gives the number of rows.
fn rows_of(file: &[u8]) -> Result<usize, String> {
    let mut circumstances = Circumstances {
        today: TODAY,
        zone: Zone::named("America/Chicago").expect("the zone exists"),
        country: None,
        order: None,
    };
    let mapping = Mapping::default();
    // A preview reads only the beginning.
    drop(FirstLook::of((file, file), &circumstances, &mapping, 10));
    let calendar = match Calendar::of(file, &circumstances) {
        Err(FileError::UnclearDates { .. }) => {
            circumstances.order = Some(DateOrder::DayFirst);
            Calendar::of(file, &circumstances)
        }
        calendar => calendar,
    };
    let Ok(mut reader) = calendar.and_then(|calendar| ImportReader::open(file, calendar)) else {
        return Ok(0);
    };
    let rows = reader.by_ref().count();
    // Every row of a workbook has a tag; those of tables and lists have an end or a beginning.
    let is_table = !file.starts_with(b"PK");
    let ends = file.iter().filter(|byte| matches!(byte, b'\n' | b'\r' | b'{')).count();
    if is_table && ends + 1 < rows {
        return Err(format!("{rows} rows in {ends} lines"));
    }
    reader.finish().map(|_| rows).map_err(|error| error.to_string())
}

fn paths() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["golden", "unknown/files"].map(|folder| root.join(folder));
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the folder is there"));
    let is_file = |path: &PathBuf| {
        let is_expectation = path.to_string_lossy().ends_with(".expected.txt");
        !is_expectation && path.extension().is_some_and(|extension| extension != "rs")
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(is_file)
        .collect();
    paths.sort();
    paths
}

fn report(path: &Path, input: &[u8], broken: &str) {
    let kept = std::env::temp_dir().join("damaged-import");
    fs::write(&kept, input).expect("the file can be kept");
    println!("{}: {broken}; the file is {}", path.display(), kept.display());
    exit(1);
}

/// The most memory that the process has held so far, in MiB; 0 where the system does not tell.
fn most_held() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
