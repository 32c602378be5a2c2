//! When connectors run, and that nothing is fetched or imported twice.

use std::time::Duration;

use finding_sweetie::domain::connectors::{forget_runs, perform_run, queue_due_runs};
use serde_json::{Value, json};

use super::{HOUR, RUN, SECRET, Stage, at, in_reach, text};
use crate::{
    shelters::dogs,
    support::{LIMIT, until, user_errors},
};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn what_is_due_is_fetched_and_imported_and_changes_nothing_the_second_time() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;

    stage.look().await;
    stage.look().await;

    let asked = stage.host.asked();
    assert_eq!(asked.len(), 1, "the next run is in six hours: {asked:?}");
    assert_eq!(asked[0].path, "/animals.csv");
    assert_eq!(asked[0].authorization, format!("Bearer {SECRET}"));
    let seen = stage.seen(&id).await;
    let first = seen["lastImport"].clone();
    assert_eq!(
        (&first["state"], &first["mode"], &first["created"]),
        (&json!("DONE"), &json!("UPSERT"), &json!(3))
    );
    assert_eq!((&seen["lastRunAt"], &seen["nextRunAt"]), (&at("12:00"), &at("18:00")));
    assert_eq!(
        (&seen["lastSuccessAt"], &seen["lastError"]),
        (&at("12:00"), &Value::Null)
    );
    let run = &seen["runs"]["nodes"][0];
    assert_eq!(
        (&run["number"], &run["outcome"], &run["records"], &run["import"]["id"]),
        (&json!(1), &json!("DONE"), &json!(3), &first["id"])
    );

    stage.look_after(6 * HOUR).await;

    let seen = stage.seen(&id).await;
    let second = &seen["lastImport"];
    assert_ne!(second["id"], first["id"]);
    assert_eq!((&second["created"], &second["unchanged"]), (&json!(0), &json!(3)));
    assert_eq!(seen["runs"]["totalCount"], 2);
    assert_eq!(seen["runs"]["nodes"][0]["number"], 2, "newest first");
    assert_eq!(stage.app.count("shelter_animals").await, 3);
}

#[tokio::test]
async fn an_empty_list_makes_no_import_and_removes_nothing() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage.look().await;

    stage.host.has(dogs(1, 0));
    stage.look_after(6 * HOUR).await;

    let seen = stage.seen(&id).await;
    assert_eq!(seen["runs"]["nodes"][0]["outcome"], "UNCHANGED");
    assert_eq!(seen["lastSuccessAt"], at("18:00"));
    assert_eq!(stage.app.count("imports").await, 1);
    let left = "SELECT COUNT(*) FROM stays WHERE outcome_at IS NOT NULL";
    assert_eq!(stage.app.value::<i64>(left).await, 0);
}

#[tokio::test]
async fn two_nodes_at_once_fetch_once() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    stage.connector().await;
    let other = stage.app.beside(in_reach()).await;

    let (one, two) = tokio::join!(queue_due_runs(&stage.app.deps), queue_due_runs(&other.deps));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    let run = stage.run().await;
    let (one, two) = tokio::join!(perform_run(&stage.app.deps, run), perform_run(&other.deps, run));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");

    assert_eq!(stage.host.asked().len(), 1);
    assert_eq!(stage.app.count("imports").await, 1);
    stage.app.leave_work();
    other.leave_work();
}

#[tokio::test]
async fn a_run_whose_process_was_killed_is_fetched_again_after_its_lease_and_imported_once() {
    let stage = Stage::set().await;
    stage.host.is_silent();
    let id = stage.connector().await;
    queue_due_runs(&stage.app.deps).await.unwrap();
    let run = stage.run().await;
    tokio::select! {
        done = perform_run(&stage.app.deps, run) => panic!("not killed in time: {done:?}"),
        () = until(LIMIT, "it asks", async || !stage.host.asked().is_empty()) => {}
    }

    stage.host.has(dogs(1, 3));
    stage.app.run_work().await;
    assert_eq!(stage.host.asked().len(), 1, "another process may still be at work");
    stage.app.clock.advance(12 * MINUTE);
    stage.app.run_work().await;

    assert_eq!(stage.host.asked().len(), 2);
    let seen = stage.seen(&id).await;
    assert_eq!(seen["runs"]["totalCount"], 1, "it is the same run: {seen}");
    assert_eq!(seen["runs"]["nodes"][0]["outcome"], "DONE");
    assert_eq!(stage.app.count("imports").await, 1);
    perform_run(&stage.app.deps, run).await.unwrap();
    stage.app.run_work().await;
    assert_eq!(stage.app.count("imports").await, 1);
}

#[tokio::test]
async fn what_a_slow_process_has_fetched_after_its_lease_is_dropped() {
    let stage = Stage::set().await;
    stage.connector().await;
    queue_due_runs(&stage.app.deps).await.unwrap();
    let run = stage.run().await;
    let let_go = stage.host.holds_back(dogs(1, 3));
    let overtaken = async {
        until(LIMIT, "it asks", async || !stage.host.asked().is_empty()).await;
        // Another process has begun the same.
        let begun = "UPDATE connector_runs SET attempts = attempts + 1";
        stage.app.execute(begun, []).await;
        let_go.notify_one();
    };

    let (slow, ()) = tokio::join!(perform_run(&stage.app.deps, run), overtaken);

    assert!(slow.is_ok(), "{slow:?}");
    assert_eq!(stage.app.count("imports").await, 0);
    stage.host.has(dogs(1, 3));
    stage.app.clock.advance(12 * MINUTE);
    stage.app.run_work().await;

    assert_eq!(stage.app.count("imports").await, 1);
    let blobs = std::fs::read_dir(stage.app.folder().join("blobs/imports"));
    assert_eq!(blobs.map_or(0, Iterator::count), 0, "no file is left");
}

#[tokio::test]
async fn the_next_run_waits_for_the_import_of_the_one_before() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage.look().await;
    for goes_on in [
        "UPDATE imports SET state = 'running'",
        "UPDATE connector_runs SET state = 'importing', finished_at = NULL",
    ] {
        stage.app.execute(goes_on, []).await;
    }

    stage.look_after(6 * HOUR).await;
    let ann = stage.app.log_in_again(&stage.ann).await;
    let refused = stage.app.run(&ann, RUN, json!({ "id": id })).await;
    let seen = stage.seen(&id).await;
    assert_eq!(user_errors(&refused), ["input.id CONFLICT"]);
    assert_eq!(seen["nextRunAt"], at("18:10"), "{seen}");
    assert_eq!(stage.host.asked().len(), 1);

    stage.app.execute("UPDATE imports SET state = 'done'", []).await;
    stage.look_after(10 * MINUTE).await;
    assert_eq!(stage.seen(&id).await["runs"]["nodes"][0]["outcome"], "DONE");
    stage.look_after(10 * MINUTE).await;
    assert_eq!(stage.seen(&id).await["runs"]["totalCount"], 2);
}

#[tokio::test]
async fn a_run_by_hand_is_made_now_and_not_twice_at_once() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;

    let begun = stage.app.ok(&stage.ann, RUN, json!({ "id": id })).await;
    let again = stage.app.run(&stage.ann, RUN, json!({ "id": id })).await;
    stage.look().await;

    assert_eq!(begun["runConnector"]["connector"]["lastRunAt"], at("12:00"));
    assert_eq!(user_errors(&again), ["input.id CONFLICT"]);
    assert_eq!(stage.host.asked().len(), 1);
    stage.app.ok(&stage.ann, RUN, json!({ "id": id })).await;
    stage.app.run_work().await;
    assert_eq!(stage.host.asked().len(), 2, "the first run is over");
}

#[tokio::test]
async fn nobody_is_notified_of_the_imports_of_a_connector() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    stage.connector().await;

    stage.look().await;

    let told = "SELECT COUNT(*) FROM notifications WHERE kind = 'import'";
    assert_eq!(stage.app.value::<i64>(told).await, 0);
}

#[tokio::test]
async fn runs_are_kept_for_thirty_days() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage.look().await;
    let day = 24 * HOUR;

    stage.app.clock.advance(30 * day);
    forget_runs(&stage.app.deps).await.unwrap();
    assert_eq!(stage.app.count("connector_runs").await, 1);
    stage.app.clock.advance(Duration::from_secs(1));
    forget_runs(&stage.app.deps).await.unwrap();
    assert_eq!(stage.app.count("connector_runs").await, 0);
    assert_eq!(text(&stage.seen(&id).await["lastImport"]["state"]), "DONE");
}
