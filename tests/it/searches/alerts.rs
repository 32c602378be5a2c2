//! Instant searches: who is told, of what, and once.

use entity::id::PetId;
use finding_sweetie::domain::notifications;
use serde_json::json;

use super::{DELETE, UPDATE, dogs_near_austin, save, told};
use crate::{
    pets::{UPDATE as UPDATE_PET, at, lost, lost_with, report},
    support::{Actor, TestApp},
};

async fn ann_listens() -> (TestApp, Actor, Actor, String) {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = save(&app, &ann, dogs_near_austin("INSTANTLY")).await;
    (app, ann, bob, id)
}

#[tokio::test]
async fn a_report_that_fits_is_told_of_with_itself_as_the_subject() {
    let (app, ann, bob, _) = ann_listens().await;
    let pet = report(
        &app,
        &bob,
        lost_with(json!({ "name": "Sweetie", "breed": { "primary": "beagle" } })),
    )
    .await;
    report(&app, &bob, lost_with(json!({ "species": "CAT" }))).await;
    report(&app, &bob, lost_with(json!({ "location": at(31.5, -97.7431) }))).await;

    app.run_work().await;

    let subject = json!({ "__typename": "Pet", "id": pet });
    assert_eq!(
        told(&app, &ann).await,
        [("A new report matches “Dogs near me”".to_owned(), subject)]
    );
    let body: String = app
        .value("SELECT body FROM notifications WHERE kind = 'saved_search'")
        .await;
    assert_eq!(body, "Lost dog Sweetie, Beagle, Austin, TX.");
    assert_eq!(told(&app, &bob).await, []);
}

#[tokio::test]
async fn an_alert_arrives_on_an_open_subscription() {
    let app = TestApp::with_workers().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    save(&app, &ann, dogs_near_austin("INSTANTLY")).await;
    let mut socket = app.socket(&ann).await;
    let mut news = socket.subscribe(
        "subscription { notifications { kind number subject { __typename } } }",
        json!({}),
    );
    socket.settle().await;

    report(&app, &bob, lost()).await;

    let heard = news.next().await;
    let expected = json!({ "kind": "SAVED_SEARCH", "number": 1, "subject": { "__typename": "Pet" } });
    assert_eq!(heard["notifications"], expected);
    app.leave_work();
}

#[tokio::test]
async fn ones_own_report_is_no_news() {
    let (app, ann, bob, _) = ann_listens().await;
    report(&app, &ann, lost()).await;
    app.run_work().await;
    assert_eq!(told(&app, &ann).await, []);

    save(&app, &bob, dogs_near_austin("INSTANTLY")).await;
    report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    app.run_work().await;
    assert_eq!((told(&app, &ann).await.len(), told(&app, &bob).await.len()), (0, 1));
}

#[tokio::test]
async fn a_change_that_makes_a_report_fit_tells_and_the_next_change_does_not() {
    let (app, ann, bob, _) = ann_listens().await;
    let pet = report(&app, &bob, lost_with(json!({ "species": "CAT" }))).await;
    app.run_work().await;
    assert_eq!(told(&app, &ann).await, []);

    for (change, times) in [
        (json!({ "id": pet, "species": "DOG" }), 1),
        (json!({ "id": pet, "name": "Sweetie" }), 1),
        (json!({ "id": pet, "species": "CAT" }), 1),
        (json!({ "id": pet, "species": "DOG" }), 1),
    ] {
        app.ok(&bob, UPDATE_PET, json!({ "input": change })).await;
        app.run_work().await;
        assert_eq!(told(&app, &ann).await.len(), times, "{change}");
    }
}

#[tokio::test]
async fn two_jobs_at_once_tell_once() {
    let (app, ann, bob, _) = ann_listens().await;
    let pet: PetId = report(&app, &bob, lost()).await.parse().unwrap();
    let ids = [pet];

    let job = || notifications::tell_searches(&app.deps, &ids, None);
    let (one, other, third) = tokio::join!(job(), job(), job());
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    app.run_work().await;

    assert_eq!(told(&app, &ann).await.len(), 1);
    assert_eq!(app.count("search_hits").await, 1);
}

#[tokio::test]
async fn each_of_many_searches_tells_for_itself() {
    let app = TestApp::new().await;
    let bob = app.member("bob").await;
    let mut waiting = Vec::new();
    for name in ["ann", "cleo"] {
        let member = app.member(name).await;
        save(&app, &member, dogs_near_austin("INSTANTLY")).await;
        save(&app, &member, json!({ "name": "Everything", "notify": "INSTANTLY" })).await;
        waiting.push(member);
    }
    report(&app, &bob, lost()).await;

    app.run_work().await;

    for member in waiting {
        let titles: Vec<String> = told(&app, &member).await.into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles.len(), 2, "{titles:?}");
    }
}

#[tokio::test]
async fn who_chose_never_or_has_deleted_the_search_hears_nothing() {
    let (app, ann, bob, id) = ann_listens().await;
    let never = json!({ "input": { "id": id, "notify": "NEVER" } });
    app.ok(&ann, UPDATE, never).await;
    report(&app, &bob, lost()).await;
    app.run_work().await;
    assert_eq!(told(&app, &ann).await, []);

    app.ok(&ann, UPDATE, json!({ "input": { "id": id, "notify": "INSTANTLY" } }))
        .await;
    report(&app, &bob, lost()).await;
    app.ok(&ann, DELETE, json!({ "id": id })).await;
    app.run_work().await;
    assert_eq!(told(&app, &ann).await, []);
}

#[tokio::test]
async fn a_changed_filter_counts_from_then_on() {
    let (app, ann, bob, id) = ann_listens().await;
    let cats = json!({ "input": { "id": id, "filter": { "species": ["CAT"] } } });
    app.ok(&ann, UPDATE, cats).await;

    report(&app, &bob, lost()).await;
    let cat = report(
        &app,
        &bob,
        lost_with(json!({ "species": "CAT", "location": at(45.0, -93.0) })),
    )
    .await;
    app.run_work().await;

    let told = told(&app, &ann).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].1["id"], cat.as_str());
}

#[tokio::test]
async fn a_report_without_a_place_is_told_of_where_the_place_does_not_matter() {
    let (app, ann, bob, _) = ann_listens().await;
    let cleo = app.member("cleo").await;
    save(
        &app,
        &cleo,
        json!({ "name": "All dogs", "notify": "INSTANTLY", "filter": { "species": ["DOG"] } }),
    )
    .await;

    report(
        &app,
        &bob,
        lost_with(json!({ "location": { "address": "somewhere that nobody knows" } })),
    )
    .await;
    app.run_work().await;

    assert_eq!((told(&app, &ann).await.len(), told(&app, &cleo).await.len()), (0, 1));
}
