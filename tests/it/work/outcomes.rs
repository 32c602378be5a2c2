//! Outcomes of jobs.

use std::time::Duration;

use entity::vocabulary::Lane;
use finding_sweetie::{
    kernel::Outcome,
    work::{
        jobs::{learn_photos::LearnPhotos, tell_sighting::TellSighting},
        queue,
    },
};

use super::enqueue;
use crate::support::{TestApp, samples};

const HOUR: Duration = Duration::from_secs(60 * 60);
const NOTHING: LearnPhotos = LearnPhotos { pet_ids: Vec::new() };

#[tokio::test]
async fn a_job_that_was_discarded_is_not_tried_again_and_stays_to_be_seen() {
    let app = TestApp::new().await;
    enqueue(&app, &NOTHING, "one").await;
    let job = app.lease(Lane::Bulk).await.expect("a job is due");

    let outcome = Outcome::Discard("it makes no sense".to_owned());
    let is_over = queue::settle(&app.deps, &job, &outcome).await.unwrap();

    assert!(!is_over);
    app.clock.advance(1_000 * HOUR);
    assert!(app.lease(Lane::Bulk).await.is_none());
    let failed = app.try_work().await;
    assert_eq!((failed.len(), failed[0].is_buried, failed[0].attempts), (1, true, 1));
    assert_eq!(failed[0].error, "it makes no sense");
    app.leave_work();
}

#[tokio::test]
async fn a_job_says_when_it_is_to_be_tried_again() {
    let app = TestApp::new().await;
    enqueue(&app, &NOTHING, "one").await;
    let job = app.lease(Lane::Bulk).await.expect("a job is due");

    let outcome = Outcome::Retry {
        why: "the other side asks for an hour".to_owned(),
        after: Some(HOUR),
    };
    queue::settle(&app.deps, &job, &outcome).await.unwrap();

    app.clock.advance(HOUR - Duration::from_millis(1));
    assert!(app.lease(Lane::Bulk).await.is_none());
    app.clock.advance(Duration::from_millis(1));
    let again = app.lease(Lane::Bulk).await.expect("an hour is over");
    assert_eq!((again.id, again.attempts), (job.id, 1));
    assert_eq!(again.last_error.as_deref(), Some("the other side asks for an hour"));
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_fails_to_the_end_is_buried() {
    let app = TestApp::new().await;
    enqueue(&app, &NOTHING, "one").await;
    let outcome = Outcome::Retry {
        why: "away".to_owned(),
        after: None,
    };

    let mut tries = 0;
    while let Some(job) = app.lease(Lane::Bulk).await {
        queue::settle(&app.deps, &job, &outcome).await.unwrap();
        app.clock.advance(4 * HOUR);
        tries += 1;
    }

    assert_eq!(tries, 14);
    assert_eq!(app.value::<String>("SELECT state FROM jobs").await, "buried");
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_snoozes_has_not_been_tried_and_goes_behind_what_is_due() {
    let app = TestApp::new().await;
    enqueue(&app, &NOTHING, "first").await;
    app.clock.advance(Duration::from_millis(1));
    enqueue(&app, &NOTHING, "second").await;
    app.clock.advance(Duration::from_millis(1));
    let first = app.lease(Lane::Bulk).await.expect("a job is due");

    queue::settle(&app.deps, &first, &Outcome::Snooze(Duration::ZERO))
        .await
        .unwrap();

    let second = app.lease(Lane::Bulk).await.expect("another job is due");
    let again = app.lease(Lane::Bulk).await.expect("it is due at once");
    assert_eq!(
        [
            first.unique_key.as_str(),
            second.unique_key.as_str(),
            again.unique_key.as_str()
        ],
        ["first", "second", "first"]
    );
    assert_eq!((again.attempts, again.last_error), (0, None));
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_got_on_after_failing_is_not_nearer_to_its_end() {
    let app = TestApp::new().await;
    enqueue(&app, &NOTHING, "one").await;
    let failed = Outcome::Retry {
        why: "away".to_owned(),
        after: Some(HOUR),
    };
    let mut attempts = Vec::new();
    for outcome in [&failed, &Outcome::Snooze(HOUR), &failed] {
        let job = app.lease(Lane::Bulk).await.expect("an hour is over");
        queue::settle(&app.deps, &job, outcome).await.unwrap();
        app.clock.advance(HOUR);
        attempts.push(job.attempts);
    }

    assert_eq!(attempts, [0, 1, 0]);
    app.leave_work();
}

#[tokio::test]
async fn a_job_whose_target_is_gone_leaves_the_queue_and_is_counted_and_timed() {
    let app = TestApp::new().await;
    let gone = TellSighting {
        sighting_id: "sig_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
    };
    enqueue(&app, &gone, "one").await;

    app.run_work().await;

    assert_eq!(app.count("jobs").await, 0);
    let seen = samples(&app.metrics().await.text().await.unwrap());
    let gone = r#"sweetie_jobs_tried_total{kind="tell_sighting",outcome="gone"}"#;
    assert!(1.0 <= seen[gone], "{seen:?}");
    assert!(
        1.0 <= seen[r#"sweetie_job_seconds_count{kind="tell_sighting"}"#],
        "{seen:?}"
    );
}
