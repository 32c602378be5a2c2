//! Every vendor's layout, read from a small file of invented animals and compared with what a shelter would expect.
//!
//! Each `tests/golden/<vendor>.csv` or `.json` has its reading beside it in `<vendor>.expected.txt`. After a change,
//! `IMPORT_READER_GOLDEN=rewrite cargo test -p import-reader --test golden` writes the readings anew; read them before
//! committing them.

#[path = "golden/mutations.rs"]
mod mutations;
#[path = "golden/reading.rs"]
mod reading;

use std::{
    fs,
    path::{Path, PathBuf},
};

use entity::Timestamp;
use import_reader::{Calendar, Circumstances, FileError, Gist, ImportReader, Skipped, zone::Zone};

/// 2026-11-28T12:00:00Z.
const TODAY: Timestamp = Timestamp(1_795_867_200_000);

const REWRITE: &str = "IMPORT_READER_GOLDEN";

/// Opens a file as a shelter does of whose country nothing is known.
fn open(file: &[u8]) -> Result<ImportReader<&[u8]>, FileError> {
    let circumstances = Circumstances {
        today: TODAY,
        zone: Zone::named("America/Chicago").expect("the zone exists"),
        country: None,
        order: None,
    };
    ImportReader::open(file, Calendar::of(file, &circumstances)?)
}

/// The gists of the rows of a file and the skipped records.
type Gists = (Vec<(u32, Option<Gist>)>, Skipped);

/// The gists as they are read on their own.
fn surveyed(file: &[u8]) -> Gists {
    let mut reader = open(file).expect("the file makes sense");
    (reader.gists().collect(), reader.finish().expect("the source is whole"))
}

/// The gists of the animals that are read in full.
fn read(file: &[u8]) -> Gists {
    let mut reader = open(file).expect("the file makes sense");
    let rows = reader.by_ref().map(|row| {
        let gist = row.result.ok().map(|animal| Gist {
            moment: animal.moment(),
            external_id: animal.external_id,
            event_at: animal.event_at,
            status: animal.status,
            keeping: animal.keeping,
        });
        (row.number, gist)
    });
    (rows.collect(), reader.finish().expect("the source is whole"))
}

fn golden_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("the entry can be read").path());
    let is_file = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "csv" || extension == "json")
    };
    let mut paths: Vec<PathBuf> = paths.filter(is_file).collect();
    paths.sort();
    paths
}

/// The lines in which two texts differ.
fn difference(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines()).enumerate();
    let lines = pairs.filter(|(_, (expected, found))| expected != found);
    let told = lines.map(|(line, (expected, found))| format!("line {}:\n  - {expected}\n  + {found}", line + 1));
    let lengths = format!(
        "{} lines expected, {} found",
        expected.lines().count(),
        found.lines().count()
    );
    told.take(20).chain([lengths]).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_layout_is_read_as_a_shelter_would_expect() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no settings; this rewrites its expectations"
    )]
    let rewrites = std::env::var(REWRITE).is_ok_and(|word| word == "rewrite");
    let files = golden_files();
    let mut wrong = Vec::new();
    for path in &files {
        let file = fs::read(path).expect("the file can be read");
        let found = reading::told(&file);
        let beside = path.with_extension("expected.txt");
        if rewrites {
            fs::write(&beside, &found).expect("the reading can be written");
            continue;
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if expected != found {
            wrong.push(format!("{}\n{}", beside.display(), difference(&expected, &found)));
        }
    }
    assert!(30 <= files.len(), "only {} layouts are tried", files.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn the_gists_of_rows_are_those_of_their_animals() {
    for path in golden_files() {
        let file = fs::read(&path).expect("the file can be read");
        assert_eq!(surveyed(&file), read(&file), "{}", path.display());
    }
}
