//! What becomes of a report whose place the service does not tell.

use std::time::Duration;

use finding_sweetie::domain::pets::{Step, resolve_next_place};
use serde_json::json;

use super::{MILL, house, resolve::lost_at, with_service, work_on_agenda};
use crate::{
    pets::{UPDATE, seen_by},
    support::{LIMIT, Reply, Visitor, found, until},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn what_the_service_does_not_know_is_not_asked_for_again_until_it_changes() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let id = lost_at(&app, &ann, MILL).await;

    work_on_agenda(&app).await;
    app.clock.advance(100 * DAY);
    work_on_agenda(&app).await;

    assert_eq!(service.asked(), [MILL]);
    let attempts: i32 = app.value("SELECT attempts FROM place_lookups WHERE asked_at > 0").await;
    assert_eq!(attempts, 1);
    let ann = app.log_in_again(&ann).await;
    let own = seen_by(&app, &ann, &id).await;
    assert_eq!((&own["place"]["address"], &own["version"]), (&json!(MILL), &json!(1)));
    service.knows("by the river", json!([house(30.25, -97.75)]));
    let change = json!({ "input": { "id": id, "location": { "address": "by the river" } } });
    app.ok(&ann, UPDATE, change).await;
    work_on_agenda(&app).await;
    assert_eq!(service.asked(), [MILL, "by the river"]);
    assert!(seen_by(&app, &ann, &id).await["place"]["coordinates"].is_object());
    app.run_work().await;
}

#[tokio::test]
async fn other_changes_of_a_report_ask_for_nothing() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let id = lost_at(&app, &ann, MILL).await;
    work_on_agenda(&app).await;

    app.ok(&ann, UPDATE, json!({ "input": { "id": id, "name": "Sweetie" } }))
        .await;
    app.clock.advance(100 * DAY);
    work_on_agenda(&app).await;

    assert_eq!(service.asked(), [MILL]);
    app.run_work().await;
}

#[tokio::test]
async fn while_the_service_is_away_a_report_is_tried_for_days() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows(MILL, json!([house(30.25, -97.75)]));
    for _ in 0..12 {
        service.answers_next(Reply::status(500));
    }
    let id = lost_at(&app, &ann, MILL).await;
    let start = app.deps.clock.now();

    for _ in 0..12 {
        assert_eq!(resolve_next_place(&app.deps).await.unwrap(), Step::Worked);
        assert_eq!(resolve_next_place(&app.deps).await.unwrap(), Step::Idle);
        assert!(seen_by(&app, &Visitor, &id).await["place"]["coordinates"].is_null());
        let next: i64 = app.value("SELECT next_at FROM place_lookups").await;
        app.clock.set(entity::Timestamp(next));
    }
    work_on_agenda(&app).await;

    assert!(DAY < app.deps.clock.now().since(start));
    assert_eq!(service.asked().len(), 13);
    assert!(seen_by(&app, &Visitor, &id).await["place"]["coordinates"].is_object());
    app.run_work().await;
}

#[tokio::test]
async fn a_service_that_never_answers_is_given_up_in_the_end() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    lost_at(&app, &ann, MILL).await;

    for _ in 0..30 {
        service.answers_next(Reply::status(500));
        resolve_next_place(&app.deps).await.unwrap();
        app.clock.advance(DAY);
    }

    assert_eq!(service.asked().len(), 24);
    assert_eq!(resolve_next_place(&app.deps).await.unwrap(), Step::Idle);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_whose_node_was_killed_while_asking_is_asked_for_again() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows(MILL, json!([house(30.25, -97.75)]));
    let id = lost_at(&app, &ann, MILL).await;
    service.hold_back();
    tokio::select! {
        _ = resolve_next_place(&app.deps) => panic!("nobody was killed"),
        () = until(LIMIT, "asked", async || service.asked().len() == 1) => {}
    }
    service.let_out();

    assert_eq!(resolve_next_place(&app.deps).await.unwrap(), Step::Idle);
    app.clock.advance(Duration::from_secs(60));
    work_on_agenda(&app).await;

    assert!(seen_by(&app, &ann, &id).await["place"]["coordinates"].is_object());
    app.run_work().await;
}

#[tokio::test]
async fn a_state_is_no_place_for_a_dog() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let state = json!({ "state": "Texas", "country_code": "us" });
    service.knows(
        "somewhere in Texas state",
        json!([found(31.0, -99.0, 4.0, "Texas", state)]),
    );
    let id = lost_at(&app, &ann, "somewhere in Texas state").await;

    work_on_agenda(&app).await;

    let own = seen_by(&app, &ann, &id).await;
    assert_eq!(
        (&own["place"]["coordinates"], &own["version"]),
        (&json!(null), &json!(1))
    );
    app.run_work().await;
}

#[tokio::test]
async fn the_same_street_in_another_town_is_not_taken() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows("12 Oak Street, Austin, TX", json!([house(32.8, -96.8)]));
    let id = lost_at(&app, &ann, "12 Oak Street, Austin, TX").await;
    let before = seen_by(&app, &ann, &id).await;

    work_on_agenda(&app).await;

    assert_eq!(seen_by(&app, &ann, &id).await, before);
    app.run_work().await;
}
