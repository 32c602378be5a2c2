//! `sweetie geocode-missing`.

use std::time::Duration;

use finding_sweetie::domain::pets::{Missing, geocode_missing};
use serde_json::json;

use super::{MILL, asking, house, house_abroad, resolve::lost_at};
use crate::{
    pets::{at, lost, lost_with, report, seen_by},
    resilience::sweetie,
    support::{LIMIT, MapService, Reply, Scratch, TestApp, Visitor, until},
};

/// Reports from the time before there was a service, and a node that has one.
async fn with_old_reports() -> (TestApp, TestApp, MapService, Vec<String>) {
    let service = MapService::start().await;
    let before = TestApp::new().await;
    let ann = before.member("ann").await;
    let ids = vec![
        lost_at(&before, &ann, MILL).await,
        lost_at(&before, &ann, "in the middle of nowhere").await,
        report(&before, &ann, lost()).await,
        report(&before, &ann, lost_with(json!({ "location": at(50.5, -92.5) }))).await,
    ];
    before.run_work().await;
    let app = before.beside(asking(&service)).await;
    service.watch(&app.clock);
    service.knows(MILL, json!([house(30.25, -97.75)]));
    service.calls_every_point(house_abroad());
    (before, app, service, ids)
}

/// Runs the command and moves the clock whenever it waits for its turn.
async fn run(app: &TestApp, limit: Option<u64>) -> (Missing, Vec<Missing>) {
    let mut heard = Vec::new();
    let command = geocode_missing(&app.deps, limit, |so_far| heard.push(*so_far));
    let mut command = Box::pin(command);
    let summary = loop {
        tokio::select! {
            done = &mut command => break done.unwrap(),
            () = until(LIMIT, "it waits", async || app.clock.waiting() == 1) => {
                app.clock.advance(Duration::from_millis(550));
            }
        }
    };
    drop(command);
    (summary, heard)
}

#[tokio::test]
async fn every_place_that_is_missing_is_asked_for_once() {
    let (_before, app, service, ids) = with_old_reports().await;

    let (summary, heard) = run(&app, None).await;

    let expected = Missing {
        asked: 3,
        resolved: 2,
        unknown: 1,
        failed: 0,
    };
    assert_eq!((summary, heard.len(), heard[2]), (expected, 3, expected));
    assert_eq!(service.asked().len(), 3);
    let labels = async |id: &str| seen_by(&app, &Visitor, id).await["place"]["label"].clone();
    assert_eq!(labels(&ids[0]).await, "Austin, TX");
    assert_eq!(labels(&ids[1]).await, "Unknown place");
    assert_eq!(labels(&ids[3]).await, "Kenora, Ontario, Canada");
    app.run_work().await;
}

#[tokio::test]
async fn what_was_done_is_not_done_again() {
    let (_before, app, service, _ids) = with_old_reports().await;

    let (first, _) = run(&app, Some(1)).await;
    let (second, _) = run(&app, Some(1)).await;
    let (third, _) = run(&app, None).await;
    let (fourth, _) = run(&app, None).await;

    assert_eq!(
        [first, second, third, fourth].map(|summary| summary.asked),
        [1, 1, 1, 0]
    );
    assert_eq!(service.asked().len(), 3);
    app.run_work().await;
}

#[tokio::test]
async fn a_failure_is_counted_and_the_next_run_tries_again() {
    let (_before, app, service, ids) = with_old_reports().await;
    service.answers_next(Reply::status(500));

    let (first, _) = run(&app, Some(1)).await;
    let (second, _) = run(&app, None).await;

    assert_eq!((first.failed, second.resolved, second.unknown), (1, 2, 1));
    assert!(seen_by(&app, &Visitor, &ids[0]).await["place"]["coordinates"].is_object());
    app.run_work().await;
}

#[tokio::test]
async fn without_a_service_the_command_names_the_setting() {
    let scratch = Scratch::new();
    let mut command = sweetie();
    command.arg("geocode-missing").env("SWEETIE_DATA_DIR", scratch.path());

    let output = command.output().unwrap();

    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("SWEETIE_NOMINATIM_URL"), "{said}");
}

#[tokio::test]
async fn the_command_tells_what_it_did() {
    let (scratch, service) = (Scratch::new(), MapService::start().await);
    let mut command = sweetie();
    command
        .args(["geocode-missing", "--limit", "5"])
        .env("SWEETIE_DATA_DIR", scratch.path())
        .env("SWEETIE_NOMINATIM_URL", &service.url)
        .env("SWEETIE_NOMINATIM_CONTACT", "ann@example.org");

    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();

    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.starts_with("0 looked up:"), "{said}");
}
