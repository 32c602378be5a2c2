//! Imports whose runner is killed, doubled or stopped.

use finding_sweetie::domain::shelters;
use serde_json::json;

use super::{HEADER, dog, dogs, imported, outcome, queue, shelter};
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

/// Two dogs with several stays, whose rows are beside each other and far apart.
fn several_stays() -> String {
    let stay = |id: &str, month: u32| dog(id, &format!("{month:02}/03/2026 10:00:00 AM"), "Brown");
    let others = |first: usize| (first..first + 200).map(|number| stay(&format!("B{number}"), 5));
    let mut rows = vec![HEADER.to_owned(), stay("A1", 4), stay("A2", 3), stay("A2", 4)];
    rows.extend(others(0));
    rows.extend([stay("A1", 2), stay("A2", 6), stay("A2", 5)]);
    rows.extend(others(200));
    rows.extend([stay("A1", 6), stay("A2", 2)]);
    rows.join("\n")
}

/// What the tables hold of the two, and how much of all.
async fn told(app: &TestApp) -> [i64; 8] {
    let of = |id: &str, what: &str| {
        format!(
            "SELECT COUNT(*) FROM stays JOIN shelter_animals ON shelter_animals.id = stays.animal_id \
             WHERE external_id = '{id}' AND {what}"
        )
    };
    let mut told = [0; 8];
    let asked = [
        of("A1", "outcome_at IS NOT NULL AND pet_id IS NULL"),
        of("A1", "outcome_at IS NULL AND pet_id IS NOT NULL"),
        of("A2", "outcome_at IS NOT NULL AND pet_id IS NULL"),
        of("A2", "outcome_at IS NULL AND pet_id IS NOT NULL"),
        "SELECT COUNT(*) FROM stay_events".to_owned(),
        "SELECT COUNT(*) FROM pets WHERE status = 'open'".to_owned(),
        "SELECT COUNT(*) FROM pets".to_owned(),
        "SELECT COUNT(*) FROM shelter_animals".to_owned(),
    ];
    for (told, query) in told.iter_mut().zip(&asked) {
        *told = app.value(query).await;
    }
    told
}

#[tokio::test]
async fn animals_whose_rows_are_far_apart_have_all_their_stays_whoever_waits() {
    let mut all = Vec::new();
    for is_waited_for in [false, true] {
        let app = TestApp::new().await;
        let ann = app.member("ann").await;
        let shelter = shelter(&app, &ann).await;
        let waiting = is_waited_for.then(|| app.deps.foreground.enter());
        let id = queue(&app, &ann, &shelter, &several_stays(), json!({})).await;
        app.run_work().await;
        drop(waiting);
        assert_eq!(imported(&app, &ann, &id).await["state"], "DONE");
        all.push(told(&app).await);
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0][..4], [2, 1, 4, 1]);
    assert_eq!(all[0][5..], [402, 402, 402]);
}

#[tokio::test]
async fn the_file_is_deleted_with_the_end_of_its_import() {
    let (app, _, id) = queued().await;
    let path = app.folder().join("blobs/imports").join(&id);
    assert!(path.exists());
    app.run_work().await;
    assert!(!path.exists());
}
