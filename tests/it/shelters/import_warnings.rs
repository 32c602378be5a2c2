//! What an import says about values that it leaves out or changes.

use serde_json::{Value, json};

use super::{file, import, outcome, shelter};
use crate::support::TestApp;

/// The import of a file, by a shelter in Austin.
async fn imported(csv: &str, more: Value) -> (TestApp, Value) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let done = import(&app, &ann, &id, csv, more).await;
    (app, done)
}

/// Row, column and value of each warning.
fn warned(import: &Value) -> Vec<(i64, &str, &str)> {
    let nodes = import["warnings"]["nodes"].as_array().unwrap().iter();
    nodes
        .map(|node| {
            let text = |name: &str| node[name].as_str().unwrap();
            assert!(!text("message").is_empty());
            (node["row"].as_i64().unwrap(), text("column"), text("value"))
        })
        .collect()
}

#[tokio::test]
async fn what_is_left_out_of_a_row_is_listed() {
    let csv = "Animal ID,Species,Intake Date,Microchip,Size,Weight,Photo\n\
               A1,Dog,2026-05-01,12345,huge,heavy,C:\\Photos\\a1.jpg\n\
               A2,Dog,2026-05-01,985112003456789,Large,40,\n\
               A3,Dog,2026-05-01,unknown,N/A,,\n";

    for dry_run in [true, false] {
        let (app, done) = imported(csv, json!({ "dryRun": dry_run })).await;

        assert_eq!(outcome(&done), ("DONE".to_owned(), [3, 0, 0, 0, 0]));
        assert_eq!(
            (&done["warned"], &done["warnings"]["totalCount"]),
            (&json!(1), &json!(4))
        );
        assert_eq!(
            warned(&done),
            [
                (2, "Size", "huge"),
                (2, "Weight", "heavy"),
                (2, "Photo", "C:\\Photos\\a1.jpg"),
                (2, "Microchip", "12345"),
            ]
        );
        assert_eq!(app.count("pets").await, if dry_run { 0 } else { 3 });
    }
}

#[tokio::test]
async fn a_damaged_chip_costs_the_chip_and_not_the_animal() {
    let csv = "Animal ID,Species,Intake Date,Microchip\nA1,Dog,2026-05-01,9.82E+14\n";
    let (app, done) = imported(csv, json!({})).await;

    assert_eq!(outcome(&done), ("DONE".to_owned(), [1, 0, 0, 0, 0]));
    assert_eq!(warned(&done), [(2, "Microchip", "9.82E+14")]);
    let chipped: i64 = app.value("SELECT COUNT(*) FROM pets WHERE microchip IS NOT NULL").await;
    assert_eq!(chipped, 0);
}

#[tokio::test]
async fn columns_that_are_not_read_are_named() {
    let csv = "Animal ID,Species,Hidden Comments,Intake Date,Kennel Mate\nA1,Dog,bites,2026-05-01,A2\n";
    let (_, done) = imported(csv, json!({ "dryRun": true })).await;
    assert_eq!(done["ignoredColumns"], json!(["Hidden Comments", "Kennel Mate"]));

    let (_, done) = imported(&file(&[super::dog("A1", "05/20/2026 10:00:00 AM", "Brown")]), json!({})).await;
    assert_eq!(
        (&done["ignoredColumns"], &done["warned"]),
        (&json!(["MonthYear"]), &json!(0))
    );
}

#[tokio::test]
async fn of_very_many_warnings_ten_thousand_are_listed_and_all_rows_counted() {
    let rows: Vec<String> = (0..10_050)
        .map(|number| format!("A{number},Dog,2026-05-01,huge"))
        .collect();
    let csv = format!("Animal ID,Species,Intake Date,Size\n{}\n", rows.join("\n"));
    let (app, done) = imported(&csv, json!({ "dryRun": true })).await;

    assert_eq!(
        (&done["warned"], &done["warnings"]["totalCount"]),
        (&json!(10_050), &json!(10_001))
    );
    let last: String = app
        .value("SELECT message FROM import_warnings WHERE number = 10001")
        .await;
    assert!(last.contains("more warnings"), "{last}");
}
