//! Claims that end without a judgement.

use entity::vocabulary::PetVisibility;
use finding_sweetie::{
    domain::{claims::expire_claims, pets::set_visibility},
    kernel::Viewer,
};
use serde_json::{Value, json};

use super::*;
use crate::support::user_errors;

const DISMISS: &str = "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { field code } } }";

#[tokio::test]
async fn what_was_withdrawn_is_no_longer_shown_to_the_other_side() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    answer(&app, &ann, &claim, "a white toe").await;
    let withdraw = json!({ "input": { "id": claim["id"] } });

    let first = app.ok(&ann, &mutation("withdrawClaim"), withdraw.clone()).await;
    let again = app.ok(&ann, &mutation("withdrawClaim"), withdraw).await;
    app.run_work().await;

    assert_eq!(first, again);
    let for_bob = seen(&app, &bob, &claim["id"]).await;
    assert_eq!(
        (&for_bob["state"], &for_bob["questions"][0]["answer"]),
        (&json!("WITHDRAWN"), &Value::Null)
    );
    assert_eq!(
        user_errors(&judge(&app, &bob, &claim, true).await),
        ["input.id NOT_ALLOWED"]
    );
    assert_eq!(news(&app, &bob).await, Vec::<String>::new());
    assert_eq!(
        open(&app, &bob, &found).await["state"],
        "OPEN",
        "the other side may claim now"
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_claim_that_nobody_goes_on_with_expires() {
    let app = TestApp::new().await;
    let (mut ann, mut bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    later(&app, 13 * DAY, &mut [&mut ann, &mut bob]).await;
    answer(&app, &ann, &claim, "a white toe").await;
    later(&app, 13 * DAY, &mut [&mut ann, &mut bob]).await;
    expire_claims(&app.deps).await.unwrap();
    assert_eq!(stored::<String>(&app, "state").await, "answered");

    later(&app, DAY, &mut [&mut ann, &mut bob]).await;
    assert_eq!(
        user_errors(&judge(&app, &bob, &claim, true).await),
        ["input.id NOT_ALLOWED"]
    );
    for _ in 0..2 {
        expire_claims(&app.deps).await.unwrap();
        app.run_work().await;
    }

    assert_eq!(seen(&app, &ann, &claim["id"]).await["state"], "EXPIRED");
    assert_eq!(news(&app, &ann).await, ["Your claim about Sweetie has expired"]);
}

#[tokio::test]
async fn a_match_that_is_dismissed_ends_its_claim_and_closes_the_places() {
    let app = TestApp::new().await;
    for (is_claimant, is_accepted, end) in [
        (true, false, "WITHDRAWN"),
        (false, false, "REJECTED"),
        (true, true, "WITHDRAWN"),
        (false, true, "REJECTED"),
    ] {
        let name = |who: &str| format!("{who}-{is_claimant}-{is_accepted}");
        let (ann, bob) = (app.member(&name("ann")).await, app.member(&name("bob")).await);
        let found = pair(&app, &ann, &bob).await;
        let claim = open(&app, &ann, &found).await;
        answer(&app, &ann, &claim, "a white toe").await;
        if is_accepted {
            judge(&app, &bob, &claim, true).await;
        }
        app.run_work().await;

        let who = if is_claimant { &ann } else { &bob };
        app.ok(who, DISMISS, json!({ "id": found })).await;

        let places = seen(&app, &ann, &claim["id"]).await["match"].take();
        assert_eq!(places["other"]["place"]["exact"], false, "at once");
        let judged = judge(&app, &bob, &claim, true).await;
        assert_eq!(
            user_errors(&judged).is_empty(),
            is_accepted,
            "the same judgement again changes nothing"
        );
        app.run_work().await;
        let ended = seen(&app, &ann, &claim["id"]).await;
        assert_eq!((&ended["state"], &ended["phone"]), (&json!(end), &Value::Null));
        assert_eq!(
            user_errors(&try_open(&app, &bob, &found).await),
            ["input.matchId NOT_ALLOWED"]
        );
        close_all(&app).await;
    }
}

/// Takes the reports out of the way of those that follow.
async fn close_all(app: &TestApp) {
    app.execute("UPDATE pets SET status = $1", ["closed".into()]).await;
}

#[tokio::test]
async fn a_report_that_is_closed_ends_the_claims_on_it() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    answer(&app, &ann, &claim, "a white toe").await;
    app.run_work().await;
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { field code } } }";

    app.ok(&bob, close, json!({ "id": claim["match"]["other"]["id"] }))
        .await;

    assert_eq!(
        user_errors(&judge(&app, &bob, &claim, true).await),
        ["input.id NOT_ALLOWED"]
    );
    app.run_work().await;
    assert_eq!(seen(&app, &ann, &claim["id"]).await["state"], "EXPIRED");
    assert_eq!(
        user_errors(&try_open(&app, &ann, &found).await),
        ["input.matchId NOT_ALLOWED"]
    );
}

#[tokio::test]
async fn claims_on_reports_that_were_closed_in_bulk_expire_within_the_hour() {
    let app = TestApp::new().await;
    let (ann, _, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    close_all(&app).await;

    expire_claims(&app.deps).await.unwrap();
    app.run_work().await;

    assert_eq!(seen(&app, &ann, &claim["id"]).await["state"], "EXPIRED");
}

#[tokio::test]
async fn a_hidden_report_hides_its_claim() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    app.run_work().await;
    let lost = claim["match"]["lost"]["id"].as_str().unwrap().parse().unwrap();
    let set = async |visibility| {
        set_visibility(&app.deps, &Viewer::System, lost, visibility)
            .await
            .unwrap();
        app.run_work().await;
    };
    let counted = async || app.ok(&bob, "{ viewer { claims { totalCount } } }", json!({})).await;

    set(PetVisibility::Hidden).await;

    assert_eq!(seen(&app, &bob, &claim["id"]).await, Value::Null);
    assert_eq!(counted().await["viewer"]["claims"]["totalCount"], 0);
    assert_eq!(
        user_errors(&judge(&app, &bob, &claim, false).await),
        ["input.id NOT_FOUND"]
    );
    let answered = answer(&app, &ann, &claim, "a white toe").await;
    assert_eq!(
        user_errors(&answered),
        Vec::<String>::new(),
        "its reporter sees it as before"
    );
    app.run_work().await;
    assert_eq!(news(&app, &bob).await, Vec::<String>::new());
    set(PetVisibility::Visible).await;
    assert_eq!(seen(&app, &bob, &claim["id"]).await["state"], "ANSWERED");
    assert_eq!(counted().await["viewer"]["claims"]["totalCount"], 1);
}
