//! The order in which jobs run.

use std::time::Duration;

use entity::{job, vocabulary::Lane};
use finding_sweetie::{
    domain::shelters::TURN,
    kernel::Outcome,
    work::{
        jobs::{self, learn_all_photos::LearnAllPhotos, learn_photos::LearnPhotos},
        queue, relay,
    },
};
use serde_json::{Value, json};

use super::enqueue;
use crate::{
    shelters::{dogs, queue as queue_import, shelter},
    support::{Actor, LIMIT, TestApp, until},
};

const NOTHING: LearnPhotos = LearnPhotos { pet_ids: Vec::new() };
const ROWS: usize = 1_200;
// The most of all imports: there may be a second one, which has not begun.
const PROCESSED: &str = "SELECT MAX(processed) FROM imports";
const UNDONE: &str = "SELECT MAX(undone) FROM imports";

/// Queues an import that is due after everything queued before it.
async fn import(app: &TestApp, who: &Actor, shelter: &str, rows: usize) -> String {
    let id = queue_import(app, who, shelter, &dogs(1, rows), json!({})).await;
    while relay::step(&app.deps).await.unwrap() {}
    app.clock.advance(Duration::from_millis(1));
    id
}

async fn next(app: &TestApp) -> job::Model {
    app.lease(Lane::Bulk).await.expect("a job is due")
}

#[tokio::test]
async fn an_import_does_not_wait_for_all_those_of_another_shelter() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (haven, farm) = (shelter(&app, &ann).await, shelter(&app, &bob).await);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(import(&app, &ann, &haven, 1).await);
    }
    ids.push(import(&app, &bob, &farm, 1).await);

    let taken = [next(&app).await, next(&app).await, next(&app).await, next(&app).await];

    let order: Vec<usize> = taken
        .iter()
        .map(|job| ids.iter().position(|id| job.payload.contains(id)).unwrap())
        .collect();
    assert_eq!(order, [0, 3, 1, 2]);
    app.leave_work();
}

#[tokio::test]
async fn what_is_urgent_comes_before_what_is_old() {
    let app = TestApp::new().await;
    enqueue(&app, &LearnAllPhotos {}, "low").await;
    app.clock.advance(Duration::from_millis(1));
    enqueue(&app, &NOTHING, "normal").await;

    let taken = [next(&app).await, next(&app).await];

    assert_eq!(taken.map(|job| job.unique_key), ["normal", "low"]);
    app.leave_work();
}

/// Performs a job whose first effect, once there, is followed by the end of its turn.
async fn perform_beyond_its_turn(app: &TestApp, row: &job::Model, effect: &str) -> Outcome {
    let kind = jobs::kind(&row.kind).expect("a kind of job");
    // Somebody waits, so each batch is a transaction.
    let _waiting = app.deps.foreground.enter();
    let turn = async {
        until(LIMIT, effect, async || 0 < app.value::<i32>(effect).await).await;
        app.clock.advance(TURN);
    };
    let (performed, ()) = tokio::join!(kind.perform(&app.deps, std::slice::from_ref(row)), turn);
    let (row, outcome) = &performed[0];
    queue::settle(&app.deps, row, outcome).await.unwrap();
    outcome.clone()
}

/// Both jobs are due, the other one first, and the first has lost nothing.
async fn assert_gave_way(app: &TestApp, row: &job::Model, outcome: &Outcome) {
    assert_eq!(outcome, &Outcome::Snooze(Duration::ZERO));
    let other = next(app).await;
    let again = next(app).await;
    assert_eq!(
        (other.unique_key.as_str(), again.id, again.attempts),
        ("waiting", row.id, 0)
    );
    for job in [&other, &again] {
        queue::hand_back(&app.deps, job).await.unwrap();
    }
    app.run_work().await;
}

async fn import_of(app: &TestApp, who: &Actor, id: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Import { state processed created undone } } }";
    app.ok(who, query, json!({ "id": id })).await["node"].clone()
}

#[tokio::test]
async fn a_long_import_lets_others_have_its_worker_and_goes_on_where_it_was() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let haven = shelter(&app, &ann).await;
    let id = import(&app, &ann, &haven, ROWS).await;
    enqueue(&app, &NOTHING, "waiting").await;
    let row = next(&app).await;
    assert_eq!(row.kind, "run_import");

    let outcome = perform_beyond_its_turn(&app, &row, PROCESSED).await;

    let processed: i32 = app.value(PROCESSED).await;
    assert!(0 < processed && processed < 1_200, "{processed}");
    assert_gave_way(&app, &row, &outcome).await;
    let done = json!({ "state": "DONE", "processed": ROWS, "created": ROWS, "undone": 0 });
    assert_eq!(import_of(&app, &ann, &id).await, done);
    app.clock.advance(Duration::from_secs(60));
    app.run_work().await;
}

#[tokio::test]
async fn an_import_that_only_its_own_shelter_waits_for_keeps_its_worker() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let haven = shelter(&app, &ann).await;
    import(&app, &ann, &haven, ROWS).await;
    import(&app, &ann, &haven, 1).await;
    let row = next(&app).await;

    let outcome = perform_beyond_its_turn(&app, &row, PROCESSED).await;

    assert_eq!(outcome, Outcome::Done);
    app.leave_work();
}

/// Imports `ROWS` dogs, asks for them to be taken back, and takes the job that does so.
async fn taking_back(app: &TestApp, ann: &Actor, haven: &str) -> (String, job::Model) {
    let id = queue_import(app, ann, haven, &dogs(1, ROWS), json!({})).await;
    app.run_work().await;
    app.clock.advance(Duration::from_secs(60));
    app.run_work().await;
    let undo = "mutation($id: ID!) { undoImport(input: { importId: $id }) { userErrors { code } } }";
    let asked = app.ok(ann, undo, json!({ "id": id })).await;
    assert_eq!(asked["undoImport"]["userErrors"], json!([]));
    while relay::step(&app.deps).await.unwrap() {}
    let row = next(app).await;
    assert_eq!(row.kind, "undo_import");
    (id, row)
}

#[tokio::test]
async fn taking_back_a_long_import_lets_others_have_its_worker_and_goes_on_where_it_was() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let haven = shelter(&app, &ann).await;
    let (id, row) = taking_back(&app, &ann, &haven).await;
    app.clock.advance(Duration::from_millis(1));
    enqueue(&app, &NOTHING, "waiting").await;

    let outcome = perform_beyond_its_turn(&app, &row, UNDONE).await;

    let undone: i32 = app.value(UNDONE).await;
    assert!(0 < undone && undone < 1_200, "{undone}");
    assert_gave_way(&app, &row, &outcome).await;
    let done = json!({ "state": "UNDONE", "processed": ROWS, "created": ROWS, "undone": ROWS });
    assert_eq!(import_of(&app, &ann, &id).await, done);
}

#[tokio::test]
async fn taking_back_an_import_that_only_its_own_shelter_waits_for_keeps_its_worker() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let haven = shelter(&app, &ann).await;
    let (_, row) = taking_back(&app, &ann, &haven).await;
    import(&app, &ann, &haven, 1).await;

    let outcome = perform_beyond_its_turn(&app, &row, UNDONE).await;

    assert_eq!(outcome, Outcome::Done);
    app.leave_work();
}
