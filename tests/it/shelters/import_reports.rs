//! What an import tells besides its counters: lists as CSV, columns, pace, earlier stays and what a snapshot may close.

use std::time::Duration;

use finding_sweetie::domain::shelters;
use serde_json::{Value, json};

use super::{IMPORT, dog, dogs, file, import, imported, outcome, queue, shelter, text};
use crate::support::{Actor, TestApp, user_errors};

const TOLD: &str = "query($id: ID!) { node(id: $id) { ... on Import {
    state processed total rate remainingSeconds earlierStays startedAt errorsUrl warningsUrl
    errors(first: 100) { totalCount nodes { row column value reason remedy } }
    warnings(first: 100) { nodes { row column value message remedy } }
    summary { column ignored changed samples } } } }";

async fn haven() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    (app, ann, shelter)
}

/// What an import of that file tells.
async fn told_of(app: &TestApp, ann: &Actor, shelter: &str, file: &str) -> (String, Value) {
    let id = queue(app, ann, shelter, file, json!({})).await;
    app.run_work().await;
    let told = told(app, ann, &id).await;
    (id, told)
}

async fn told(app: &TestApp, ann: &Actor, id: &str) -> Value {
    app.ok(ann, TOLD, json!({ "id": id })).await["node"].take()
}

fn path(app: &TestApp, url: &Value) -> String {
    text(url).strip_prefix(app.url.as_str()).unwrap().to_owned()
}

async fn lines(app: &TestApp, path: &str) -> Vec<String> {
    let response = app.get(path).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
    let body = response.text().await.unwrap();
    body.split_terminator("\r\n").map(str::to_owned).collect()
}

fn quoted(entry: &Value, names: [&str; 5]) -> String {
    let cell = |name: &str| match &entry[name] {
        Value::Null => "\"\"".to_owned(),
        Value::String(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        other => format!("\"{other}\""),
    };
    names.map(cell).join(",")
}

#[tokio::test]
async fn the_lists_as_csv_have_what_the_api_has() {
    let (app, ann, shelter) = haven().await;
    let rows: Vec<String> = (1..=700)
        .map(|number| {
            format!(
                "A{number},Dog,{},huge",
                if number < 601 { "someday" } else { "2026-05-01" }
            )
        })
        .collect();
    let csv = format!("Animal ID,Species,Intake Date,Size\n{}\n", rows.join("\n"));
    let (_, told) = told_of(&app, &ann, &shelter, &csv).await;

    let errors = lines(&app, &path(&app, &told["errorsUrl"])).await;
    let count = told["errors"]["totalCount"].as_u64().unwrap();
    assert!(500 < count, "several pages");
    assert_eq!(errors[0], "row,column,value,reason,remedy");
    assert_eq!(errors.len() as u64, 1 + count);
    for (line, entry) in errors[1..].iter().zip(told["errors"]["nodes"].as_array().unwrap()) {
        assert_eq!(*line, quoted(entry, ["row", "column", "value", "reason", "remedy"]));
    }
    let warnings = lines(&app, &path(&app, &told["warningsUrl"])).await;
    for (line, entry) in warnings[1..].iter().zip(told["warnings"]["nodes"].as_array().unwrap()) {
        assert_eq!(*line, quoted(entry, ["row", "column", "value", "message", "remedy"]));
    }
    assert_eq!(told["errors"]["nodes"][0]["remedy"], "write it as 2019-03-25");
    assert_eq!(told["warnings"]["nodes"][0]["remedy"], Value::Null);
}

#[tokio::test]
async fn an_import_without_faults_has_lists_with_titles_only() {
    let (app, ann, shelter) = haven().await;
    let (_, told) = told_of(&app, &ann, &shelter, &dogs(1, 1)).await;
    let errors = lines(&app, &path(&app, &told["errorsUrl"])).await;
    assert_eq!(errors, ["row,column,value,reason,remedy"]);
}

#[tokio::test]
async fn no_cell_of_a_list_is_a_formula() {
    let (app, ann, shelter) = haven().await;
    let csv = "Animal ID,Species,Intake Date\nA1,Dog,=1+1\nA2,Dog,@SUM(A1)\nA3,Dog,-soon\n";
    let (_, told) = told_of(&app, &ann, &shelter, csv).await;
    let errors = lines(&app, &path(&app, &told["errorsUrl"])).await;
    for (line, cell) in errors[1..].iter().zip(["\"'=1+1\"", "\"'@SUM(A1)\"", "\"'-soon\""]) {
        assert!(line.contains(cell), "{line}");
    }
    assert_eq!(errors.len(), 4);
}

#[tokio::test]
async fn a_list_needs_its_own_signature_and_that_is_good_for_an_hour() {
    let (app, ann, shelter) = haven().await;
    let (id, told) = told_of(&app, &ann, &shelter, &dogs(1, 1)).await;
    let errors = path(&app, &told["errorsUrl"]);
    let (bare, query) = errors.split_once('?').unwrap();
    for wrong in [
        bare.to_owned(),
        format!("/imports/{id}/warnings?{query}"),
        format!("/imports/{id}/pets?{query}"),
        format!("/imports/imp_00000000000000000000000000/errors?{query}"),
        format!("{bare}?{}", query.replace("expires=1", "expires=2")),
    ] {
        assert_eq!(app.get(&wrong).await.status(), 404, "{wrong}");
    }
    assert_eq!(app.get(&errors).await.status(), 200);
    app.clock.advance(Duration::from_secs(60 * 60));
    assert_eq!(app.get(&errors).await.status(), 404);
}

#[tokio::test]
async fn the_summary_tells_what_became_of_each_column() {
    let (app, ann, shelter) = haven().await;
    let csv = "Animal ID,Species,Intake Date,Size,Favourite Song\n\
               A1,Dog,2026-05-01,huge,one\n\
               A2,Dog,2026-05-01,huge,two\n\
               A3,Dog,2026-05-01,vast,three\n\
               A4,Dog,2026-05-01,Large,four\n";
    let (_, told) = told_of(&app, &ann, &shelter, csv).await;
    assert_eq!(
        told["summary"],
        json!([
            { "column": "Favourite Song", "ignored": true, "changed": 0, "samples": [] },
            { "column": "Size", "ignored": false, "changed": 3, "samples": ["huge", "vast"] },
        ])
    );
}

#[tokio::test]
async fn rows_about_earlier_stays_are_counted() {
    let (app, ann, shelter) = haven().await;
    let csv = "Animal ID,Species,Intake Date,Outcome Type,Outcome Date\n\
               A1,Dog,2026-05-01,,\n\
               A1,Dog,2025-02-01,Adoption,2025-02-20\n\
               A1,Dog,2025-09-01,RTO,2025-09-03\n";
    for _ in 0..2 {
        let (_, told) = told_of(&app, &ann, &shelter, csv).await;
        assert_eq!(told["earlierStays"], 2);
    }
}

#[tokio::test]
async fn a_running_import_tells_how_fast_it_is_and_when_it_will_be_done() {
    let (app, ann, shelter) = haven().await;
    let id = queue(&app, &ann, &shelter, &dogs(1, 1_200), json!({})).await;
    assert_eq!(told(&app, &ann, &id).await["rate"], Value::Null);
    // Somebody waits, so each batch is a transaction.
    let waiting = app.deps.foreground.enter();
    let job = shelters::run_import(&app.deps, id.parse().unwrap());
    let reached = async { while app.value::<i32>("SELECT processed FROM imports").await < 1 {} };
    tokio::select! {
        done = job => panic!("not killed in time: {done:?}"),
        () = reached => {}
    }
    drop(waiting);
    assert_eq!(
        told(&app, &ann, &id).await["rate"],
        Value::Null,
        "a moment says nothing"
    );

    app.clock.advance(Duration::from_secs(10));
    let between = told(&app, &ann, &id).await;

    let processed = between["processed"].as_f64().unwrap();
    assert_eq!(between["rate"].as_f64(), Some(processed / 10.0));
    let left = ((1_200.0 - processed) / (processed / 10.0)).ceil();
    assert_eq!(between["remainingSeconds"].as_f64(), Some(left));
    assert_eq!(between["startedAt"], "2026-06-01T12:00:00.000Z");
    app.run_work().await;
    let done = told(&app, &ann, &id).await;
    assert_eq!((&done["rate"], &done["remainingSeconds"]), (&Value::Null, &Value::Null));
}

async fn open(app: &TestApp) -> i64 {
    app.value("SELECT COUNT(*) FROM pets WHERE status = 'open'").await
}

#[tokio::test]
async fn a_snapshot_closes_more_than_a_fifth_if_whoever_sends_it_says_how_many() {
    let (app, ann, shelter) = haven().await;
    import(&app, &ann, &shelter, &dogs(1, 10), json!({})).await;
    app.clock.advance(Duration::from_secs(60));
    let snapshot = |confirmed: Value| json!({ "mode": "SNAPSHOT", "confirmRemovals": confirmed });

    let refused = import(&app, &ann, &shelter, &dogs(5, 6), snapshot(Value::Null)).await;
    assert_eq!(outcome(&refused), ("FAILED".to_owned(), [0, 0, 6, 0, 0]));
    let reason = text(&refused["errors"]["nodes"][0]["reason"]);
    assert!(
        reason.contains("4 of 10") && reason.contains("confirmRemovals 4"),
        "{reason}"
    );
    let too_few = import(&app, &ann, &shelter, &dogs(5, 6), snapshot(json!(3))).await;
    assert_eq!(outcome(&too_few), ("FAILED".to_owned(), [0, 0, 6, 0, 0]));
    assert_eq!(open(&app).await, 10);

    let done = import(&app, &ann, &shelter, &dogs(5, 6), snapshot(json!(4))).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 0, 6, 0, 4]));
    assert_eq!(open(&app).await, 6);
}

#[tokio::test]
async fn a_confirmed_number_is_the_most_even_below_a_fifth() {
    let (app, ann, shelter) = haven().await;
    import(&app, &ann, &shelter, &dogs(1, 10), json!({})).await;
    app.clock.advance(Duration::from_secs(60));
    let more = json!({ "mode": "SNAPSHOT", "confirmRemovals": 1 });
    let refused = import(&app, &ann, &shelter, &dogs(3, 8), more).await;
    assert_eq!(outcome(&refused), ("FAILED".to_owned(), [0, 0, 8, 0, 0]));
    assert_eq!(open(&app).await, 10);
}

#[tokio::test]
async fn only_a_snapshot_takes_a_number_of_removals_and_no_negative_one() {
    let (app, ann, shelter) = haven().await;
    let row = file(&[dog("A1", "05/20/2026 10:00:00 AM", "Brown")]);
    for (mode, count, fault) in [
        ("UPSERT", 1, "input.confirmRemovals NOT_ALLOWED"),
        ("SNAPSHOT", -1, "input.confirmRemovals OUT_OF_RANGE"),
    ] {
        let input = json!({ "shelterId": shelter, "data": row, "mode": mode, "confirmRemovals": count });
        let refused = app.run(&ann, IMPORT, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    assert_eq!(app.count("imports").await, 0);
}

#[tokio::test]
async fn a_snapshot_that_was_confirmed_can_be_taken_back() {
    let (app, ann, shelter) = haven().await;
    import(&app, &ann, &shelter, &dogs(1, 10), json!({})).await;
    app.clock.advance(Duration::from_secs(60));
    let more = json!({ "mode": "SNAPSHOT", "confirmRemovals": 9 });
    let id = queue(&app, &ann, &shelter, &dogs(10, 1), more).await;
    app.run_work().await;
    assert_eq!(outcome(&imported(&app, &ann, &id).await).1, [0, 0, 1, 0, 9]);

    let undo =
        "mutation($id: ID!) { undoImport(input: { importId: $id }) { import { state } userErrors { field code } } }";
    let asked = app.ok(&ann, undo, json!({ "id": id })).await;
    assert_eq!(asked["undoImport"]["import"]["state"], "UNDOING");
    app.run_work().await;

    assert_eq!(open(&app).await, 10);
}
