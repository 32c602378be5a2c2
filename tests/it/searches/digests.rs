//! Daily searches, with the clock moved on.

use std::time::Duration;

use finding_sweetie::domain::notifications::send_digests;
use serde_json::json;

use super::{DELETE, UPDATE, dogs_near_austin, save, told};
use crate::{
    pets::{lost, lost_with, report},
    support::{Actor, TestApp},
};

const HOUR: Duration = Duration::from_secs(60 * 60);

async fn ann_waits() -> (TestApp, Actor, Actor, String) {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = save(&app, &ann, dogs_near_austin("DAILY")).await;
    (app, ann, bob, id)
}

async fn later(app: &TestApp, hours: u32) {
    app.clock.advance(HOUR * hours);
    send_digests(&app.deps).await.unwrap();
}

/// Access tokens do not last for days, so the log-in is made anew.
async fn titles(app: &TestApp, who: &Actor) -> Vec<String> {
    let who = app.log_in_again(who).await;
    told(app, &who).await.into_iter().map(|(title, _)| title).collect()
}

#[tokio::test]
async fn what_came_in_is_told_once_a_day() {
    let (app, ann, bob, id) = ann_waits().await;
    report(&app, &bob, lost()).await;
    report(&app, &bob, lost_with(json!({ "name": "Sweetie" }))).await;
    report(&app, &bob, lost_with(json!({ "species": "CAT" }))).await;
    report(&app, &ann, lost_with(json!({ "name": "Biscuit" }))).await;
    app.run_work().await;

    later(&app, 23).await;
    assert_eq!(titles(&app, &ann).await, Vec::<String>::new());
    later(&app, 1).await;
    later(&app, 0).await;
    let ann = app.log_in_again(&ann).await;
    let subject = json!({ "__typename": "SavedSearch", "id": id });
    let expected = ("2 new reports match “Dogs near me”".to_owned(), subject);
    assert_eq!(told(&app, &ann).await, [expected]);
}

#[tokio::test]
async fn a_day_without_news_is_silent_and_the_next_digest_begins_where_the_last_one_ended() {
    let (app, ann, bob, _) = ann_waits().await;
    later(&app, 24).await;
    assert_eq!(titles(&app, &ann).await, Vec::<String>::new());

    // Within the minute that a digest leaves to the next one, so that nothing is told twice or not at all.
    let bob = app.log_in_again(&bob).await;
    report(&app, &bob, lost()).await;
    app.run_work().await;
    later(&app, 24).await;
    later(&app, 24).await;
    assert_eq!(titles(&app, &ann).await, ["1 new report matches “Dogs near me”"]);
}

#[tokio::test]
async fn what_comes_in_just_before_a_digest_is_in_the_next_one() {
    let (app, ann, bob, _) = ann_waits().await;
    app.clock.advance(24 * HOUR - Duration::from_secs(30));
    let bob = app.log_in_again(&bob).await;
    report(&app, &bob, lost()).await;
    app.run_work().await;

    app.clock.advance(Duration::from_secs(30));
    send_digests(&app.deps).await.unwrap();
    assert_eq!(titles(&app, &ann).await, Vec::<String>::new());
    later(&app, 24).await;
    assert_eq!(titles(&app, &ann).await, ["1 new report matches “Dogs near me”"]);
}

#[tokio::test]
async fn several_nodes_send_a_digest_once() {
    let (app, ann, bob, _) = ann_waits().await;
    save(&app, &ann, json!({ "name": "Everything" })).await;
    report(&app, &bob, lost()).await;
    app.run_work().await;
    app.clock.advance(24 * HOUR);

    let node = || send_digests(&app.deps);
    let (one, other, third) = tokio::join!(node(), node(), node());
    assert!(one.is_ok() && other.is_ok() && third.is_ok());

    assert_eq!(titles(&app, &ann).await.len(), 2);
    assert_eq!(app.count("notifications").await, 2);
}

#[tokio::test]
async fn after_days_without_a_server_there_is_one_digest_of_all() {
    let (app, ann, bob, _) = ann_waits().await;
    for _ in 0..3 {
        let bob = app.log_in_again(&bob).await;
        report(&app, &bob, lost()).await;
        app.clock.advance(30 * HOUR);
    }
    app.run_work().await;

    later(&app, 0).await;
    later(&app, 23).await;
    assert_eq!(titles(&app, &ann).await, ["3 new reports match “Dogs near me”"]);
}

#[tokio::test]
async fn who_wants_no_digest_any_more_gets_none() {
    for stop in ["NEVER", "INSTANTLY", "deleted"] {
        let (app, ann, bob, id) = ann_waits().await;
        report(&app, &bob, lost()).await;
        app.run_work().await;
        match stop {
            "deleted" => app.ok(&ann, DELETE, json!({ "id": id })).await,
            notify => {
                app.ok(&ann, UPDATE, json!({ "input": { "id": id, "notify": notify } }))
                    .await
            }
        };

        later(&app, 24).await;

        assert_eq!(titles(&app, &ann).await, Vec::<String>::new(), "{stop}");
    }
}

#[tokio::test]
async fn a_search_that_becomes_daily_tells_a_day_later_of_what_came_since() {
    let (app, ann, bob, id) = ann_waits().await;
    app.ok(&ann, UPDATE, json!({ "input": { "id": id, "notify": "NEVER" } }))
        .await;
    report(&app, &bob, lost()).await;
    app.ok(&ann, UPDATE, json!({ "input": { "id": id, "notify": "DAILY" } }))
        .await;
    report(&app, &bob, lost_with(json!({ "name": "Sweetie" }))).await;
    app.run_work().await;

    later(&app, 24).await;

    assert_eq!(titles(&app, &ann).await, ["1 new report matches “Dogs near me”"]);
}

#[tokio::test]
async fn a_search_that_cannot_be_read_does_not_keep_the_others_waiting() {
    let (app, ann, bob, id) = ann_waits().await;
    save(&app, &bob, dogs_near_austin("DAILY")).await;
    let uuid: entity::id::SavedSearchId = id.parse().unwrap();
    let broken = "UPDATE saved_searches SET filter = '{\"version\":\"99\"}' WHERE id = $1";
    app.execute(broken, [uuid.0.into()]).await;
    report(&app, &ann, lost()).await;
    app.run_work().await;

    later(&app, 24).await;

    assert_eq!(titles(&app, &bob).await, ["1 new report matches “Dogs near me”"]);
}
