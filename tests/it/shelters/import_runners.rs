//! Imports whose runner is killed, doubled or stopped.

use finding_sweetie::domain::shelters;
use serde_json::json;

use super::{dogs, imported, outcome, queue, shelter};
use crate::support::{Actor, TestApp};

const ROWS: usize = 1_200;

async fn queued() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    let id = queue(&app, &ann, &shelter, &dogs(1, ROWS), json!({})).await;
    (app, ann, id)
}

/// Works until that many rows are done, and is killed there. Somebody waits, so each batch is a transaction.
async fn run_and_kill(app: &TestApp, id: &str, rows: i32) {
    let _waiting = app.deps.foreground.enter();
    let job = shelters::run_import(&app.deps, id.parse().unwrap());
    let reached = async { while app.value::<i32>("SELECT processed FROM imports").await < rows {} };
    tokio::select! {
        done = job => panic!("not killed in time: {done:?}"),
        () = reached => {}
    }
}

#[tokio::test]
async fn a_killed_import_goes_on_where_it_was() {
    let (app, ann, id) = queued().await;
    run_and_kill(&app, &id, 1).await;
    let between = imported(&app, &ann, &id).await;
    let processed = between["processed"].as_i64().unwrap();
    assert_eq!((&between["state"], processed % 64), (&json!("RUNNING"), 0));
    // A commit that was under way comes to its end.
    let stored = app.count("pets").await;
    assert!(
        processed <= stored && stored % 64 == 0 && stored < 1_200,
        "{processed} {stored}"
    );
    run_and_kill(&app, &id, i32::try_from(stored).unwrap() + 1).await;

    app.run_work().await;
    let done = imported(&app, &ann, &id).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [1_200, 0, 0, 0, 0]));
    assert_eq!(app.count("pets").await, 1_200);
    let versions: i32 = app.value("SELECT MAX(version) FROM pets").await;
    assert_eq!(versions, 1);
}

#[tokio::test]
async fn two_runners_at_once_import_every_row_once() {
    let (app, ann, id) = queued().await;
    let job = || shelters::run_import(&app.deps, id.parse().unwrap());
    let (one, other, third) = tokio::join!(job(), job(), job());
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    app.run_work().await;
    let done = imported(&app, &ann, &id).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [1_200, 0, 0, 0, 0]));
    assert_eq!(
        (app.count("pets").await, done["processed"].as_i64()),
        (1_200, Some(1_200))
    );
}

#[tokio::test]
async fn a_stopped_import_stays_stopped_and_keeps_what_it_did() {
    let (app, ann, id) = queued().await;
    run_and_kill(&app, &id, 1).await;
    let cancel = "mutation($id: ID!) { cancelImport(input: { importId: $id }) { import { state finishedAt } userErrors { field code } } }";
    for _ in 0..2 {
        let data = app.ok(&ann, cancel, json!({ "id": id })).await;
        assert_eq!(data["cancelImport"]["import"]["state"], "CANCELED");
    }
    let stopped = imported(&app, &ann, &id).await["processed"].as_i64().unwrap();
    assert!(0 < stopped && stopped < 1_200, "{stopped}");
    app.run_work().await;
    assert_eq!(imported(&app, &ann, &id).await["processed"], stopped);
    assert_eq!(app.count("pets").await, stopped);
}

#[tokio::test]
async fn the_file_is_deleted_with_the_end_of_its_import() {
    let (app, _, id) = queued().await;
    let path = app.folder().join("blobs/imports").join(&id);
    assert!(path.exists());
    app.run_work().await;
    assert!(!path.exists());
}
