//! Exports of programs whose layout the reader does not know: what it makes of them is right, or it says what it did not
//! understand.
//!
//! Each file in `tests/unknown/files` was written from public descriptions before the reader saw it, with what people
//! expect of every animal in `<file>.expected.txt` beside it. Of a value that is expected otherwise than read, a warning
//! about its column has to tell; nothing may be wrong in silence, and nothing private may be public.

#[path = "unknown/expected.rs"]
mod expected;
#[path = "unknown/facts.rs"]
mod facts;
#[path = "unknown/judged.rs"]
mod judged;

use std::{fs, path::Path};

use self::{expected::Expected, judged::Judged};

/// Every file with what is expected of it.
fn files() -> Vec<(String, Vec<u8>, Expected)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unknown/files");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("the entry can be read").path());
    let mut paths: Vec<_> = paths
        .filter(|path| !path.to_string_lossy().ends_with(".expected.txt"))
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let beside = path.with_extension("expected.txt");
        let text = fs::read_to_string(&beside).expect("the expectation can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (
            name,
            fs::read(path).expect("the file can be read"),
            Expected::parse(&text),
        )
    };
    paths.iter().map(read).collect()
}

#[test]
fn unknown_files_are_read_right_or_say_what_was_not_understood() {
    let files = files();
    let mut wrong = Vec::new();
    let mut total = Judged::default();
    for (name, file, expected) in &files {
        let judged = Judged::of(file, expected);
        println!(
            "{name}: {} right, {} warned, {} wrong",
            judged.right,
            judged.warned.len(),
            judged.wrong.len()
        );
        for warned in &judged.warned {
            println!("  warned: {warned}");
        }
        wrong.extend(judged.wrong.iter().map(|line| format!("{name}: {line}")));
        total.right += judged.right;
        total.warned.extend(judged.warned);
    }
    println!(
        "together: {} right, {} warned, {} wrong",
        total.right,
        total.warned.len(),
        wrong.len()
    );
    assert!(12 <= files.len(), "only {} files are tried", files.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
