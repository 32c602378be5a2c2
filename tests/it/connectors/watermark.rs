//! From where the next run goes on, with software that can tell what has changed.

use finding_sweetie::domain::connectors::{perform_run, queue_due_runs};
use serde_json::{Value, json};

use super::{HOUR, SECRET, Stage, UPDATE, text};
use crate::support::user_errors;

/// When the newest animal was changed, in seconds: an hour before the tests begin.
const NEWEST: i64 = 1_780_311_600;
/// How far a run goes back behind that.
const OVERLAP: i64 = 45 * 60;
const CANCEL: &str = "mutation($id: ID!) { cancelImport(input: { importId: $id }) { userErrors { field code } } }";
const UNDO: &str = "mutation($id: ID!) { undoImport(input: { importId: $id }) { userErrors { field code } } }";

/// A list of Shelterluv's API with one dog.
fn list() -> String {
    let dog = json!({
        "ID": "HAV-A-1", "Internal-ID": "9000201", "Name": "Biscuit", "Type": "Dog", "Sex": "Male",
        "Status": "Available For Adoption", "InFoster": false, "Altered": "Yes", "Age": 36, "Breed": "Beagle",
        "Color": "Brown", "LastIntakeUnixTime": "1779300000", "LastUpdatedUnixTime": NEWEST.to_string(),
    });
    json!({ "success": 1, "animals": [dog], "has_more": false, "total_count": 1 }).to_string()
}

/// A connector to Shelterluv; its id.
async fn shelterluv(stage: &Stage) -> String {
    stage.host.has(list());
    let input = json!({
        "shelterId": stage.shelter, "kind": "SHELTERLUV", "name": "Shelterluv", "address": stage.host.url,
        "secret": SECRET,
    });
    stage.made(input).await
}

/// Of which changes was asked from that request on.
fn since(stage: &Stage, from: usize) -> Vec<i64> {
    let asked = stage.host.asked();
    let paths = asked[from..].iter().map(|asked| asked.path.as_str());
    let parameters = paths.flat_map(|path| path.split(['?', '&']));
    let since = parameters.filter_map(|parameter| parameter.strip_prefix("since="));
    since.map(|seconds| seconds.parse().unwrap()).collect()
}

async fn watermark(stage: &Stage) -> Option<i64> {
    stage.app.value("SELECT watermark FROM connectors").await
}

#[tokio::test]
async fn once_an_import_is_done_only_what_changed_since_is_asked_for() {
    let stage = Stage::set().await;
    let id = shelterluv(&stage).await;

    stage.look().await;
    assert_eq!(since(&stage, 0), [0; 0], "the first run fetches everything");
    assert_eq!(watermark(&stage).await, Some(NEWEST * 1_000));
    let asked = stage.host.asked().len();
    stage.look_after(6 * HOUR).await;

    assert_eq!(since(&stage, asked), [NEWEST - OVERLAP]);
    let seen = stage.seen(&id).await;
    assert_eq!(seen["lastImport"]["unchanged"], 1, "{seen}");
    assert_eq!(seen["runs"]["nodes"][0]["since"], "2026-06-01T11:00:00.000Z");
}

#[tokio::test]
async fn an_import_that_is_not_done_moves_nothing() {
    let stage = Stage::set().await;
    let id = shelterluv(&stage).await;
    queue_due_runs(&stage.app.deps).await.unwrap();
    perform_run(&stage.app.deps, stage.run().await).await.unwrap();
    assert_eq!(watermark(&stage).await, None, "the import has not begun");
    let import = stage.seen(&id).await["lastImport"]["id"].take();
    let canceled = stage.app.run(&stage.ann, CANCEL, json!({ "id": import })).await;
    assert_eq!(user_errors(&canceled), Vec::<String>::new());

    stage.app.run_work().await;

    let seen = stage.seen(&id).await;
    assert_eq!(seen["runs"]["nodes"][0]["outcome"], "CANCELED");
    assert_eq!(seen["consecutiveFailures"], 0, "that says nothing of the software");
    assert_eq!(watermark(&stage).await, None);
    stage.look_after(6 * HOUR).await;
    assert_eq!(since(&stage, 0), [0; 0], "the next run fetches everything");
    assert_eq!(watermark(&stage).await, Some(NEWEST * 1_000));
}

#[tokio::test]
async fn what_was_taken_back_is_fetched_again() {
    let stage = Stage::set().await;
    let id = shelterluv(&stage).await;
    stage.look().await;
    let import = stage.seen(&id).await["lastImport"]["id"].take();

    let undone = stage.app.run(&stage.ann, UNDO, json!({ "id": import })).await;
    assert_eq!(user_errors(&undone), Vec::<String>::new());
    stage.app.run_work().await;

    assert_eq!(watermark(&stage).await, None);
    let run = stage.seen(&id).await["runs"]["nodes"][0].take();
    assert_eq!(run["outcome"], "CANCELED");
    assert!(text(&run["error"]).contains("taken back"), "{run}");
}

#[tokio::test]
async fn another_place_is_fetched_from_the_beginning() {
    let stage = Stage::set().await;
    let id = shelterluv(&stage).await;
    stage.look().await;
    assert!(watermark(&stage).await.is_some());

    let elsewhere = format!("{}/other", stage.host.url);
    let change = json!({ "input": { "id": id, "address": elsewhere, "secret": SECRET } });
    let changed = stage.app.ok(&stage.ann, UPDATE, change).await["updateConnector"]["connector"].take();

    assert_eq!(changed["address"], elsewhere);
    assert_eq!(watermark(&stage).await, None);
    let asked = stage.host.asked().len();
    stage.look().await;
    assert_eq!(since(&stage, asked), [0; 0]);
    assert!(stage.host.asked()[asked].path.starts_with("/other/api/v1/animals"));
    assert_ne!(stage.seen(&id).await["lastImport"]["id"], Value::Null);
}
