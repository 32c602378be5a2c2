//! What is gone once an account is deleted, and that it surely goes.

use std::time::Duration;

use finding_sweetie::{domain::accounts, work::housekeeping};
use serde_json::{Value, json};

use super::delete_account::{GRACE, delete, grace_is_over};
use crate::{
    matching::{dog, matches, report, with},
    support::{Actor, TestApp},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// ann's lost dog, with all that she tells of it.
fn told() -> Value {
    let words = json!({
        "name": "Sweetie", "description": "Limps since the zanzibar.", "markings": "A zanzibar on the chest.",
        "collar": "Zanzibar leather.", "privateMarks": ["a torn ear"],
    });
    with(dog("LOST", 30.2672, "2026-05-30T10:00:00Z"), words)
}

async fn count(app: &TestApp, rows: &str) -> i64 {
    app.value(&format!("SELECT COUNT(*) FROM {rows}")).await
}

#[tokio::test]
async fn the_exact_place_of_a_report_and_the_words_that_it_was_found_by_are_gone() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    report(&app, &ann, told()).await;
    let words = "SELECT search_text FROM pets";
    assert!(app.value::<String>(words).await.contains("zanzibar"));
    delete(&app, &ann).await;

    grace_is_over(&app).await;

    let left = "pets WHERE latitude IS NOT NULL OR longitude IS NOT NULL OR anchor_latitude IS NOT NULL
        OR anchor_longitude IS NOT NULL OR past_anchors IS NOT NULL OR postal_code IS NOT NULL OR address IS NOT NULL";
    assert_eq!(count(&app, left).await, 0);
    let masked = "pets WHERE public_latitude IS NOT NULL AND public_x IS NOT NULL AND map_x IS NOT NULL";
    assert_eq!(count(&app, masked).await, 1, "the masked point stays whole");
    let words: String = app.value(words).await;
    assert!(words.starts_with("sweetie\nbeagle"), "{words}");
    assert!(!words.contains("zanzibar"), "{words}");
}

const OPEN: &str = "mutation($input: OpenClaimInput!) { openClaim(input: $input) {
    claim { id } userErrors { field code message } } }";
const ANSWER: &str = "mutation($input: AnswerClaimInput!) { answerClaim(input: $input) {
    claim { id } userErrors { field code message } } }";

/// bob has found ann's dog, claims it and describes the mark that only she knows.
async fn claimed(app: &TestApp, ann: &Actor, bob: &Actor) {
    report(app, ann, told()).await;
    report(app, bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let found = matches(app, bob).await[0]["id"].clone();
    let data = app.ok(bob, OPEN, json!({ "input": { "matchId": found } })).await;
    let claim = data["openClaim"]["claim"]["id"].clone();
    let answers = json!([{ "number": 1, "answer": "a torn ear" }]);
    app.ok(bob, ANSWER, json!({ "input": { "id": claim, "answers": answers } }))
        .await;
}

#[tokio::test]
async fn claims_forget_the_private_marks_of_a_deleted_member_and_what_was_answered() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    claimed(&app, &ann, &bob).await;
    assert_eq!(count(&app, "claims WHERE questions LIKE '%torn%'").await, 1);
    assert_eq!(count(&app, "claim_tries WHERE answers LIKE '%torn%'").await, 1);
    delete(&app, &ann).await;

    grace_is_over(&app).await;

    assert_eq!(
        count(&app, "claims WHERE questions = '[]' AND opened_from = ''").await,
        1
    );
    assert_eq!(count(&app, "claim_tries WHERE answers = '[]'").await, 1);
}

#[tokio::test]
async fn a_claimant_who_is_deleted_leaves_no_network_behind() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    claimed(&app, &ann, &bob).await;
    assert_eq!(count(&app, "claims WHERE opened_from <> ''").await, 1);
    delete(&app, &bob).await;

    grace_is_over(&app).await;

    assert_eq!(count(&app, "claims WHERE opened_from <> ''").await, 0);
    assert_eq!(count(&app, "claim_tries WHERE answers LIKE '%torn%'").await, 0);
}

#[tokio::test]
async fn nobody_can_tell_where_mails_went_and_those_that_wait_are_not_sent() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    delete(&app, &ann).await;
    app.run_work().await;
    let kept = app.count("outgoing_mails").await;
    assert!(0 < kept, "the mail about the deletion");
    app.execute(
        "UPDATE outgoing_mails SET state = $1, body = $2",
        ["waiting".into(), "a token".into()],
    )
    .await;

    grace_is_over(&app).await;

    let blank = "outgoing_mails WHERE recipient = '' AND body = '' AND state = 'refused'";
    assert_eq!(count(&app, blank).await, kept);
}

const REPORT_ABUSE: &str = "mutation($input: ReportAbuseInput!) { reportAbuse(input: $input) {
    reportedAt userErrors { field code message } } }";

#[tokio::test]
async fn reports_of_abuse_stay_without_the_name_and_the_words_of_a_deleted_member() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let pet = report(&app, &ann, told()).await;
    for (who, subject, details) in [
        (&bob, &ann.id, "about her"),
        (&bob, &pet, "about her dog"),
        (&ann, &bob.id, "about him"),
    ] {
        let input = json!({ "subjectId": subject, "reason": "OTHER", "details": details });
        app.ok(who, REPORT_ABUSE, json!({ "input": input })).await;
    }
    delete(&app, &ann).await;

    grace_is_over(&app).await;

    let snapshot = async |details: &str| {
        let stored: String = app
            .value(&format!(
                "SELECT snapshot FROM abuse_reports WHERE details = '{details}'"
            ))
            .await;
        serde_json::from_str::<Value>(&stored).unwrap()
    };
    let of_ann = json!({ "displayName": "Deleted member", "avatar": null });
    assert_eq!(snapshot("about her").await, of_ann);
    let of_dog = snapshot("about her dog").await;
    assert_eq!(
        (&of_dog["name"], &of_dog["description"]),
        (&json!("Sweetie"), &Value::Null)
    );
    assert_eq!(
        snapshot("about him").await["displayName"],
        "bob",
        "what she reported stays for the moderators"
    );
}

#[tokio::test]
async fn a_deletion_that_was_buried_half_way_is_finished_another_day() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    report(&app, &ann, told()).await;
    delete(&app, &ann).await;
    app.run_work().await;
    app.clock.advance(GRACE);
    housekeeping::delete_accounts(&app.deps).await.unwrap();
    accounts::empty_account(&app.deps, ann.id.parse().unwrap())
        .await
        .unwrap();
    app.execute(
        "UPDATE jobs SET state = $1, attempts = 14 WHERE kind = $2",
        ["buried".into(), "erase_account".into()],
    )
    .await;
    let hidden = "pets WHERE visibility = 'hidden'";

    housekeeping::delete_accounts(&app.deps).await.unwrap();
    let buried = app.try_work().await;
    assert!(buried.iter().all(|job| job.is_buried), "{buried:?}");
    assert_eq!((buried.len(), count(&app, hidden).await), (1, 0));
    app.clock.advance(DAY);
    housekeeping::delete_accounts(&app.deps).await.unwrap();
    app.run_work().await;

    assert_eq!(count(&app, hidden).await, 1);
}
