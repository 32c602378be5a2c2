//! Confirming and dismissing.

use serde_json::{Value, json};

use super::{dog, matches, report};
use crate::support::{Actor, TestApp, Visitor, codes, user_errors};

const CONFIRM: &str = "mutation($id: ID!) { confirmMatch(input: { id: $id }) { match { state lost { status } other { status } } userErrors { field code } } }";
const DISMISS: &str = "mutation($id: ID!) { dismissMatch(input: { id: $id, reason: \"another collar\" }) { match { state } userErrors { field code } } }";

async fn pair(app: &TestApp) -> (Actor, Actor, Value) {
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let id = matches(app, &ann).await[0]["id"].clone();
    (ann, bob, json!({ "id": id }))
}

#[tokio::test]
async fn a_confirmation_moves_only_the_own_report() {
    let app = TestApp::new().await;
    let (_, bob, id) = pair(&app).await;
    let data = app.ok(&bob, CONFIRM, id.clone()).await;
    assert_eq!(
        data["confirmMatch"]["match"],
        json!({ "state": "CONFIRMED", "lost": { "status": "OPEN" }, "other": { "status": "MATCHED" } })
    );
    app.run_work().await;
}

#[tokio::test]
async fn each_sides_confirmation_is_told_to_the_other_and_opens_no_exact_place() {
    let app = TestApp::new().await;
    let (ann, bob, id) = pair(&app).await;
    let cleo = app.member("cleo").await;
    let places = "query($id: ID!) { node(id: $id) { ... on Match {
        lost { id place { exact } } other { id place { exact } } } } }";
    let seen = async |who: &Actor| {
        let found = app.ok(who, places, id.clone()).await["node"].take();
        let exact = |side: &str| found[side]["place"]["exact"].as_bool().unwrap();
        (exact("lost"), exact("other"))
    };
    let news = async |who: &Actor| {
        let list = "{ viewer { notifications { nodes { kind title subject { id } } } } }";
        let list = app.ok(who, list, json!({})).await["viewer"]["notifications"]["nodes"].take();
        let is_news = |one: &&Value| one["title"].as_str().unwrap().contains("confirmed");
        list.as_array()
            .unwrap()
            .iter()
            .filter(is_news)
            .cloned()
            .collect::<Vec<_>>()
    };

    app.ok(&ann, CONFIRM, id.clone()).await;
    app.run_work().await;
    assert_eq!((seen(&ann).await, seen(&bob).await), ((true, false), (false, true)));
    let told = news(&bob).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (&told[0]["kind"], &told[0]["subject"]["id"]),
        (&json!("MATCH"), &id["id"])
    );
    assert!(news(&ann).await.is_empty());

    for _ in 0..2 {
        let data = app.ok(&bob, CONFIRM, id.clone()).await;
        assert_eq!(
            data["confirmMatch"]["match"],
            json!({ "state": "CONFIRMED", "lost": { "status": "MATCHED" }, "other": { "status": "MATCHED" } })
        );
        app.run_work().await;
    }
    assert_eq!((seen(&ann).await, seen(&bob).await), ((true, false), (false, true)));
    assert_eq!((news(&ann).await.len(), news(&bob).await.len()), (1, 1));
    let lost = app.ok(&ann, places, id.clone()).await["node"]["lost"]["id"].take();
    let pet = "query($id: ID!) { pet(id: $id) { place { exact } } }";
    assert_eq!(
        app.ok(&cleo, pet, json!({ "id": lost })).await["pet"]["place"]["exact"],
        false
    );

    app.ok(&ann, DISMISS, id.clone()).await;
    assert_eq!((seen(&ann).await, seen(&bob).await), ((true, false), (false, true)));
    app.run_work().await;
}

#[tokio::test]
async fn strangers_cannot_see_confirm_or_dismiss_a_match() {
    let app = TestApp::new().await;
    let (_, _, id) = pair(&app).await;
    let cleo = app.member("cleo").await;
    app.run_work().await;
    let before = app.footprint().await;
    for mutation in [CONFIRM, DISMISS] {
        let answer = app.run(&cleo, mutation, id.clone()).await;
        assert_eq!(user_errors(&answer), ["input.id NOT_FOUND"]);
    }
    let node = app
        .ok(&Visitor, "query($id: ID!) { node(id: $id) { id } }", id.clone())
        .await;
    assert!(node["node"].is_null());
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn visitors_are_asked_to_log_in() {
    let app = TestApp::new().await;
    let (_, _, id) = pair(&app).await;
    let answer = app.run(&Visitor, CONFIRM, id).await;
    assert!(codes(&answer) == ["UNAUTHENTICATED"] || user_errors(&answer) == ["input.id NOT_FOUND"]);
}

#[tokio::test]
async fn a_dismissed_pair_stays_dismissed() {
    let app = TestApp::new().await;
    let (ann, bob, id) = pair(&app).await;
    let data = app.ok(&ann, DISMISS, id.clone()).await;
    assert_eq!(data["dismissMatch"]["match"]["state"], "DISMISSED");
    let again = app.run(&bob, CONFIRM, id).await;
    assert_eq!(user_errors(&again), ["input.id NOT_ALLOWED"]);
    app.run_work().await;
}
