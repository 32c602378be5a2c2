//! Jobs whose worker vanished, and several workers at once.

use std::{collections::BTreeSet, time::Duration};

use entity::vocabulary::Lane;
use finding_sweetie::{
    events::{Event, PetEvent, ShelterEvent},
    kernel::{Error, Outcome},
    work::{
        job::NewJob,
        jobs::{reactions, send_verification_mail::SendVerificationMail},
        queue, relay, runner,
    },
};
use futures_util::future::join_all;

use crate::support::TestApp;

/// A failed attempt.
fn failed(why: &str) -> Outcome {
    Error::broken(why).into()
}

#[tokio::test]
async fn a_job_whose_worker_vanished_is_done_when_its_lease_is_over() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    app.lease(Lane::Delivery).await.expect("a job is due");

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
    let job = app.lease(Lane::Delivery).await.unwrap();
    for _ in 0..5 {
        app.clock.advance(queue::LEASE / 3);
        queue::renew(&app.deps, std::slice::from_ref(&job)).await.unwrap();
        assert!(app.lease(Lane::Delivery).await.is_none());
    }
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_is_handed_back_is_due_at_once_as_if_nobody_had_tried() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let job = app.lease(Lane::Delivery).await.expect("a job is due");

    queue::hand_back(&app.deps, &job).await.unwrap();

    let again = app.lease(Lane::Delivery).await.expect("the job is due again");
    assert_eq!((again.id, again.attempts), (job.id, job.attempts));
    app.leave_work();
}

#[tokio::test]
async fn a_job_that_somebody_else_has_by_now_is_not_handed_back() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let lost = app.lease(Lane::Delivery).await.expect("a job is due");
    app.clock.advance(queue::LEASE + Duration::from_millis(1));
    app.lease(Lane::Delivery).await.expect("its lease is over");

    queue::hand_back(&app.deps, &lost).await.unwrap();

    assert!(app.lease(Lane::Delivery).await.is_none());
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
    while let Some(job) = app.lease(Lane::Delivery).await {
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
    let job = SendVerificationMail {
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

#[tokio::test]
async fn tries_that_were_cut_off_do_not_count() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    for _ in 0..20 {
        let job = app.lease(Lane::Delivery).await;
        assert_eq!(job.expect("a job is due").attempts, 0);
        app.clock.advance(queue::LEASE + Duration::from_millis(1));
    }
    app.mailbox.fail_next(1);

    let failed = app.try_work().await;

    assert_eq!((failed.len(), failed[0].attempts, failed[0].is_buried), (1, 1, false));
    app.clock.advance(Duration::from_secs(60));
    app.run_work().await;
    assert_eq!(app.mailbox.to(&ann.email()).len(), 1);
}

#[tokio::test]
async fn a_worker_whose_lease_is_over_does_not_say_how_the_job_went() {
    let app = TestApp::new().await;
    app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let lost = app.lease(Lane::Delivery).await.expect("a job is due");
    app.clock.advance(queue::LEASE + Duration::from_millis(1));
    let held = app.lease(Lane::Delivery).await.expect("its lease is over");

    queue::settle(&app.deps, &lost, &failed("too late")).await.unwrap();
    queue::renew(&app.deps, std::slice::from_ref(&lost)).await.unwrap();

    assert_eq!(app.value::<String>("SELECT state FROM jobs").await, "running");
    app.clock.advance(queue::LEASE + Duration::from_millis(1));
    let next = app.lease(Lane::Delivery).await.expect("nobody renewed it");
    assert_eq!((next.id, next.attempts, next.leases), (held.id, 0, held.leases + 1));
    app.leave_work();
}

#[tokio::test]
async fn reports_that_wait_together_are_matched_together_but_not_with_one_that_failed() {
    let app = TestApp::new().await;
    let ids = [
        "pet_01h455vb4pex5vsknk084sn02q",
        "pet_01h455vb4pex5vsknk084sn02r",
        "pet_01h455vb4pex5vsknk084sn02s",
    ];
    let jobs = ids.map(|id| {
        let report = Event::Pets(PetEvent::PetReported {
            pet_id: id.parse().unwrap(),
        });
        let jobs = reactions(&report).unwrap().into_iter();
        jobs.map(move |job| (job.clone(), format!("{id}:{}", job.kind)))
    });
    let jobs: Vec<_> = jobs.into_iter().flatten().collect();
    let queued = app
        .deps
        .write(async |tx| queue::enqueue_all(&app.deps, tx, &jobs).await);
    queued.await.unwrap();
    let take = async || {
        queue::finish_and_lease(&app.deps, Lane::Interactive, &[])
            .await
            .unwrap()
    };

    let together = take().await;
    queue::settle(&app.deps, &together[0], &failed("one try"))
        .await
        .unwrap();
    for job in &together[1..] {
        queue::hand_back(&app.deps, job).await.unwrap();
    }
    app.clock.advance(Duration::from_secs(60));
    let (mut sizes, mut kinds) = (Vec::new(), BTreeSet::new());
    for taken in [take().await, take().await, take().await] {
        sizes.push(taken.len());
        kinds.extend(taken.into_iter().map(|job| (job.kind, job.unique_key)));
    }

    assert_eq!(together.len(), 3);
    sizes.sort_unstable();
    assert_eq!(
        sizes,
        [1, 2, 3],
        "the one that failed is tried alone, and kinds are kept apart"
    );
    assert_eq!(kinds.len(), 6);
    app.leave_work();
}

#[tokio::test]
async fn what_an_import_calls_for_is_left_to_the_workers_of_its_lane() {
    let app = TestApp::new().await;
    let import_id = "imp_01h455vb4pex5vsknk084sn02q".parse().unwrap();
    let pet_ids = vec!["pet_01h455vb4pex5vsknk084sn02q".parse().unwrap()];
    let shelter_id = Some("she_01h455vb4pex5vsknk084sn02q".parse().unwrap());
    let mut jobs = reactions(&Event::Shelters(ShelterEvent::ImportQueued { import_id, shelter_id })).unwrap();
    let imported = Event::Shelters(ShelterEvent::PetsImported {
        import_id,
        shelter_id,
        pet_ids: pet_ids.clone(),
    });
    jobs.extend(reactions(&imported).unwrap());
    let jobs: Vec<(NewJob, String)> = jobs.into_iter().map(|job| (job.clone(), job.kind.to_owned())).collect();
    let queued = app
        .deps
        .write(async |tx| queue::enqueue_all(&app.deps, tx, &jobs).await);
    queued.await.unwrap();
    assert_eq!(app.count("jobs").await, 3);
    for lane in [Lane::Interactive, Lane::Delivery] {
        assert!(app.lease(lane).await.is_none(), "{lane:?}");
    }

    let report = reactions(&Event::Pets(PetEvent::PetReported { pet_id: pet_ids[0] })).unwrap();
    let report = report
        .into_iter()
        .map(|job| (job, "of a member".to_owned()))
        .next()
        .unwrap();
    let queued = app
        .deps
        .write(async |tx| queue::enqueue_all(&app.deps, tx, &[report]).await);
    queued.await.unwrap();

    let first = app.lease(Lane::Interactive).await.expect("not behind the import");
    assert_eq!(first.unique_key, "of a member");
    app.leave_work();
}
