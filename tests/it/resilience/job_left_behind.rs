//! Jobs whose worker vanished, and several workers at once.

use std::{collections::BTreeSet, time::Duration};

use finding_sweetie::work::{queue, relay, runner};
use futures_util::future::join_all;

use crate::support::TestApp;

#[tokio::test]
async fn a_job_whose_worker_vanished_is_done_when_its_lease_is_over() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    queue::lease(&app.deps).await.unwrap().expect("a job is due");

    app.clock.advance(queue::LEASE);
    assert!(!runner::step(&app.deps).await.unwrap(), "the lease still holds");
    app.clock.advance(Duration::from_millis(1));
    assert!(runner::step(&app.deps).await.unwrap());

    assert_eq!(app.mailbox.to(&ann.email()).len(), 1);
}

#[tokio::test]
async fn a_worker_that_renews_its_lease_keeps_its_job() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let job = queue::lease(&app.deps).await.unwrap().unwrap();
    for _ in 0..5 {
        app.clock.advance(queue::LEASE / 3);
        queue::renew(&app.deps, job.id).await.unwrap();
        assert!(queue::lease(&app.deps).await.unwrap().is_none());
    }
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_is_handed_back_is_due_at_once_as_if_nobody_had_tried() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let job = queue::lease(&app.deps).await.unwrap().expect("a job is due");

    queue::hand_back(&app.deps, &job).await.unwrap();

    let again = queue::lease(&app.deps).await.unwrap().expect("the job is due again");
    assert_eq!((again.id, again.attempts), (job.id, job.attempts));
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_somebody_else_has_by_now_is_not_handed_back() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let lost = queue::lease(&app.deps).await.unwrap().expect("a job is due");
    app.clock.advance(queue::LEASE + Duration::from_millis(1));
    queue::lease(&app.deps).await.unwrap().expect("its lease is over");

    queue::hand_back(&app.deps, &lost).await.unwrap();

    assert!(queue::lease(&app.deps).await.unwrap().is_none());
    app.leave_work();
}

#[tokio::test]
async fn a_worker_takes_one_job_also_where_the_database_expects_no_more() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    // From now on it looks for jobs in the way that is best for a single one.
    app.deps.db.analyze().await.unwrap();
    for number in 0..5 {
        app.member(&format!("bob{number}")).await;
    }
    relay::step(&app.deps).await.unwrap();

    let mut taken = BTreeSet::new();
    while let Some(job) = queue::lease(&app.deps).await.unwrap() {
        taken.insert(job.id);
    }

    assert_eq!(taken.len(), 6);
    app.leave_work();
}

#[tokio::test]
async fn workers_at_once_do_every_job_and_none_twice() {
    let app = TestApp::new().await;
    let mut emails = BTreeSet::new();
    for number in 0..8 {
        emails.insert(app.member(&format!("member{number}")).await.email());
    }
    while relay::step(&app.deps).await.unwrap() {}

    let done = join_all((0..12).map(|_| runner::step(&app.deps))).await;
    assert_eq!(done.into_iter().filter(|done| *done.as_ref().unwrap()).count(), 8);

    app.run_work().await;
    assert_eq!(app.mailbox.count(), 8);
    assert!(emails.iter().all(|email| app.mailbox.to(email).len() == 1));
}

#[tokio::test]
async fn relays_at_once_hand_every_fact_on_once() {
    let app = TestApp::new().await;
    for number in 0..8 {
        app.member(&format!("member{number}")).await;
    }
    for done in join_all((0..4).map(|_| relay::step(&app.deps))).await {
        done.expect("a relay failed");
    }
    assert_eq!(app.count("jobs").await, 8);
    app.run_work().await;
    assert_eq!(app.mailbox.count(), 8);
}

#[tokio::test]
async fn a_job_in_the_queue_twice_is_there_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = finding_sweetie::work::job::Job::SendVerificationMail {
        member_id: ann.id.parse().unwrap(),
    };
    for _ in 0..2 {
        let put = app
            .deps
            .write(async |tx| queue::enqueue(&app.deps, tx, &job, "the same key").await);
        put.await.unwrap();
    }
    assert_eq!(app.count("jobs").await, 1);
    app.run_work().await;
}
