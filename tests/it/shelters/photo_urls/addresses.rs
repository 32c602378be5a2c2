//! What an address in a file gives: a photo, another address, a placeholder or nothing.

use std::time::Duration;

use finding_sweetie::domain::shelters;
use serde_json::json;

use super::{CLOSE, DAY, bring, counts, dogs, failure, haven, later, photo, report, seen, widths};
use crate::{
    shelters::{
        photo_host::{Answer, PhotoHost},
        queue, shelter,
    },
    support::TestApp,
};

#[tokio::test]
async fn an_address_on_a_private_network_is_refused_and_told() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let host = PhotoHost::start().await;
    let url = host.has("/1.jpg", photo(41));

    let import = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])])).await;

    let told = seen(&app, &ann, &import).await;
    assert_eq!(counts(&told), [1, 0, 1, 0]);
    assert_eq!(failure(&told).0, url);
    assert!(failure(&told).1.contains("private network"), "{told}");
    assert_eq!(host.asked(), Vec::<String>::new());
    assert_eq!(app.count("photos").await, 0);
}

#[tokio::test]
async fn what_is_no_photo_is_told_and_not_tried_again() {
    let (app, mut ann, id, host) = haven().await;
    let page = b"<!doctype html><title>Log in</title>".to_vec();
    for (number, (answer, words)) in [
        (Answer::File(page), "not a photo"),
        (Answer::File(b"just some words".to_vec()), "not a photo"),
        (Answer::File(photo(41)[..300].to_vec()), "damaged"),
        (Answer::File(vec![0xFF; 10 * 1024 * 1024 + 1]), "larger than 10 MB"),
        (Answer::Status(404), "answered 404"),
        (Answer::Moved("http://user@example.org/".to_owned()), "user name"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("/{number}.jpg");
        let url = host.answers(&path, answer);
        let import = bring(&app, &ann, &id, &dogs(&[(&format!("A{number}"), "Brown", &[&url])])).await;
        ann = later(&app, &ann, 2 * DAY).await;

        let told = seen(&app, &ann, &import).await;
        assert_eq!(counts(&told), [1, 0, 1, 0], "{words}");
        assert!(failure(&told).1.contains(words), "{words}: {told}");
        assert!(told["photoFailures"]["nodes"][0]["pet"]["id"].is_string());
        assert_eq!(
            host.asked().iter().filter(|asked| **asked == path).count(),
            1,
            "{words}"
        );
    }
    assert_eq!((app.count("photos").await, app.blobs("photos").len()), (0, 0));
}

#[tokio::test]
async fn a_server_that_is_down_is_asked_again_later() {
    let (app, ann, id, host) = haven().await;
    let url = host.answers_in_turn("/1.jpg", [Answer::Status(503), Answer::File(photo(41))]);

    let import = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])])).await;
    assert_eq!(counts(&seen(&app, &ann, &import).await), [1, 0, 0, 0]);
    app.clock.advance(Duration::from_secs(9 * 60));
    app.run_work().await;
    assert_eq!(host.asked().len(), 1);
    app.clock.advance(Duration::from_secs(60));
    app.run_work().await;

    assert_eq!(host.asked().len(), 2);
    assert_eq!(counts(&seen(&app, &ann, &import).await), [1, 1, 0, 0]);
    assert_eq!(widths(&app, &ann, &id, "A1").await, [41]);
}

#[tokio::test]
async fn a_server_that_stays_down_is_given_up_after_four_tries_and_asked_again_with_the_next_news() {
    let (app, mut ann, id, host) = haven().await;
    let url = host.answers("/1.jpg", Answer::Status(500));
    let import = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])])).await;
    for _ in 0..6 {
        ann = later(&app, &ann, DAY).await;
    }
    assert_eq!(host.asked().len(), 4);
    assert!(failure(&seen(&app, &ann, &import).await).1.contains("answered 500"));

    host.has("/1.jpg", photo(41));
    bring(&app, &ann, &id, &dogs(&[("A1", "Black", &[&url])])).await;

    assert_eq!(widths(&app, &ann, &id, "A1").await, [41]);
}

#[tokio::test]
async fn redirects_are_followed_and_an_unreachable_photo_takes_no_other_with_it() {
    let (app, ann, id, host) = haven().await;
    let there = host.has("/there.jpg", photo(42));
    let moved = host.answers("/moved.jpg", Answer::Moved(there));
    let gone = host.url("/gone.jpg");

    let import = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&gone, &moved])])).await;

    assert_eq!(widths(&app, &ann, &id, "A1").await, [42]);
    assert_eq!(counts(&seen(&app, &ann, &import).await), [2, 1, 1, 0]);
}

#[tokio::test]
async fn a_placeholder_is_known_by_its_address() {
    let (app, ann, id, host) = haven().await;
    let url = host.has("/default_images/default_dog.png", photo(41));

    let import = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])])).await;

    let told = seen(&app, &ann, &import).await;
    assert_eq!((counts(&told), &told["warned"]), ([0; 4], &json!(0)));
    assert_eq!(host.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_dry_run_fetches_nothing() {
    let (app, ann, id, host) = haven().await;
    let url = host.has("/1.jpg", photo(41));

    queue(
        &app,
        &ann,
        &id,
        &dogs(&[("A1", "Brown", &[&url])]),
        json!({ "dryRun": true }),
    )
    .await;
    app.run_work().await;

    assert_eq!(host.asked(), Vec::<String>::new());
    assert_eq!(app.count("photo_fetches").await, 0);
}

#[tokio::test]
async fn addresses_of_closed_reports_are_forgotten_after_a_month_and_photos_stay() {
    let (app, ann, id, host) = haven().await;
    let [one, two] = [41, 42].map(|width| host.has(&format!("/{width}.jpg"), photo(width)));
    bring(
        &app,
        &ann,
        &id,
        &dogs(&[("A1", "Brown", &[&one]), ("A2", "Brown", &[&two])]),
    )
    .await;
    let pet = report(&app, &ann, &id, "A1").await;
    app.ok(&ann, CLOSE, json!({ "id": pet["id"] })).await;
    app.run_work().await;

    app.clock.advance(Duration::from_secs(29 * DAY));
    shelters::forget_fetches(&app.deps).await.unwrap();
    assert_eq!(app.count("photo_fetches").await, 2);
    app.clock.advance(Duration::from_secs(2 * DAY));
    shelters::forget_fetches(&app.deps).await.unwrap();

    assert_eq!((app.count("photo_fetches").await, app.count("photos").await), (1, 2));
}
