//! A file that is sent twice is news once, whoever's layout it has.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use finding_sweetie::domain::shelters;
use serde_json::{Value, json};

use super::{imported, queue, shelter};
use crate::support::{Actor, TestApp};

/// From the day at which every test begins to the one at which the files are read, 28 November.
const UNTIL_THE_FILES: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// What must not grow with a second run.
const TABLES: [&str; 5] = ["shelter_animals", "stays", "stay_events", "pets", "import_changes"];

/// The files of the vendors, each with its layout and its traps.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/import-reader/tests/golden");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "json"))
        .collect();
    files.sort();
    files
}

/// Reads a file to its end. What follows from it, such as matches and photos, is not part of this.
async fn run(app: &TestApp, ann: &Actor, shelter: &str, file: &str) -> Value {
    let id = queue(app, ann, shelter, file, json!({})).await;
    shelters::run_import(&app.deps, id.parse().unwrap()).await.unwrap();
    imported(app, ann, &id).await
}

async fn sizes(app: &TestApp) -> Vec<i64> {
    let mut sizes = Vec::new();
    for table in TABLES {
        sizes.push(app.count(table).await);
    }
    sizes
}

fn number(import: &Value, name: &str) -> i64 {
    import[name].as_i64().unwrap_or_else(|| panic!("no {name}: {import}"))
}

#[tokio::test]
async fn no_vendors_file_is_news_the_second_time() {
    let app = TestApp::quiet().await;
    app.clock.advance(UNTIL_THE_FILES);
    let files = files();
    assert!(30 < files.len(), "{files:?}");

    for (place, path) in files.iter().enumerate() {
        let name = path.file_name().unwrap().to_string_lossy();
        let file = fs::read_to_string(path).unwrap();
        let ann = app.member(&format!("ann{place}")).await;
        let shelter = shelter(&app, &ann).await;

        let first = run(&app, &ann, &shelter, &file).await;
        let after_first = sizes(&app).await;
        app.clock.advance(Duration::from_secs(60));
        let second = run(&app, &ann, &shelter, &file).await;

        for import in [&first, &second] {
            assert_eq!(import["state"], "DONE", "{name}: {import}");
            assert_eq!(import["processed"], import["total"], "{name}: {import}");
        }
        assert!(0 < number(&first, "created"), "{name}: {first}");
        let news = ["created", "updated", "closed"].map(|count| number(&second, count));
        assert_eq!(news, [0, 0, 0], "{name}: {second}");
        assert_eq!(
            (&second["total"], &second["failed"], &second["format"]),
            (&first["total"], &first["failed"], &first["format"]),
            "{name}"
        );
        assert_eq!(
            number(&second, "unchanged") + number(&second, "failed"),
            number(&second, "total"),
            "{name}: {second}"
        );
        assert_eq!(second["errors"], first["errors"], "{name}: the same rows fail alike");
        assert_eq!(sizes(&app).await, after_first, "{name}: {TABLES:?}");
    }
}
