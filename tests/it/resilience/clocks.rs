//! Nodes whose machines do not agree on the time.

use std::time::Duration;

use entity::vocabulary::Lane;
use finding_sweetie::{
    deps::{skew, synchronize_clock},
    work::{queue, relay, runner},
};
use futures_util::future::join_all;

use crate::support::{Setup, TestApp};

const APART: Duration = Duration::from_secs(40);

#[tokio::test]
async fn nodes_whose_clocks_are_apart_send_every_mail_once() {
    let app = TestApp::new().await;
    let late = app.beside_with_clock_ahead(Setup::default(), APART).await;
    for node in [&app, &late] {
        synchronize_clock(&node.deps).await.unwrap();
    }
    app.member("ann").await;
    while relay::step(&app.deps).await.unwrap() {}

    let job = app.lease(Lane::Delivery).await.expect("a job is due");
    assert!(
        !runner::step(&late.deps).await.unwrap(),
        "the other node sees that somebody has it"
    );
    queue::hand_back(&app.deps, &job).await.unwrap();
    for number in 0..20 {
        app.member(&format!("member{number}")).await;
    }
    while relay::step(&app.deps).await.unwrap() {}
    let nodes = [&app, &late].into_iter().cycle().take(42);
    let done = join_all(nodes.map(|node| runner::step(&node.deps))).await;

    assert_eq!(done.into_iter().filter(|done| *done.as_ref().unwrap()).count(), 21);
    assert_eq!(app.mailbox.count() + late.mailbox.count(), 21);
}

#[tokio::test]
async fn a_clock_that_is_steered_shows_the_time_of_the_database_and_tells_by_how_much_it_was_off() {
    let app = TestApp::new().await;
    let late = app.beside_with_clock_ahead(Setup::default(), APART).await;
    for node in [&app, &late] {
        synchronize_clock(&node.deps).await.unwrap();
    }

    let apart = late.deps.clock.now().0 - app.deps.clock.now().0;
    assert!(apart.abs() < 5_000, "{apart} ms apart");
    let told = skew(&late.deps) - skew(&app.deps);
    assert!((told - APART.as_secs_f64()).abs() < 5.0, "{told} seconds");
}
