//! What members tell the moderators.

use std::time::Duration;

use serde_json::{Value, json};

use super::{START, fixtures, opened, sent, text};
use crate::support::{Answer, Caller, TestApp, codes, user_errors};

const REPORT: &str = "mutation($input: ReportAbuseInput!) { reportAbuse(input: $input) {
    reportedAt userErrors { field code message } } }";

async fn report(app: &TestApp, who: &impl Caller, input: Value) -> Answer {
    app.run(who, REPORT, json!({ "input": input })).await
}

async fn snapshot(app: &TestApp) -> Value {
    let stored: String = app.value("SELECT snapshot FROM abuse_reports").await;
    serde_json::from_str(&stored).unwrap()
}

#[tokio::test]
async fn a_message_is_kept_as_it_was_and_the_same_report_twice_is_one() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let input = json!({ "memberId": ann.id, "text": "send the money or else" });
    let data = app.ok(&bob, START, json!({ "input": input })).await;
    let message = text(&data["startConversation"]["message"]["id"]);
    let input = json!({ "subjectId": message, "reason": "SCAM", "details": " he  wants money " });

    let (first, again) = tokio::join!(report(&app, &ann, input.clone()), report(&app, &ann, input.clone()));
    app.clock.advance(Duration::from_secs(60));
    app.execute("UPDATE messages SET text = $1", ["hello".into()]).await;
    let later = report(&app, &ann, input).await;

    let at = first.data()["reportAbuse"]["reportedAt"].clone();
    for answer in [first, again, later] {
        assert_eq!(user_errors(&answer), Vec::<String>::new());
        assert_eq!(answer.data()["reportAbuse"]["reportedAt"], at);
    }
    assert_eq!(app.count("abuse_reports").await, 1);
    let kept = snapshot(&app).await;
    assert_eq!(
        (&kept["text"], &kept["sender"]),
        (&json!("send the money or else"), &json!(bob.id))
    );
    let details: String = app.value("SELECT details FROM abuse_reports").await;
    assert_eq!(details, "he  wants money");
}

#[tokio::test]
async fn members_pets_shelters_and_conversations_can_be_reported() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let conversation = opened(&app, &bob, &ann).await;
    sent(&app, &bob, &conversation, "hello again").await;
    let pet = fixtures::pet(&app, Some(&bob), None).await.to_string();
    let shelter = fixtures::shelter(&app, &bob).await.to_string();
    for (subject, pointer, kept) in [
        (&bob.id, "/displayName", "bob"),
        (&pet, "/name", "Biscuit"),
        (&shelter, "/name", "Happy Tails"),
        (&conversation, "/messages/1/text", "hello again"),
    ] {
        let answer = report(&app, &ann, json!({ "subjectId": subject, "reason": "OTHER" })).await;
        assert_eq!(user_errors(&answer), Vec::<String>::new(), "{subject}");
        assert_eq!(snapshot(&app).await.pointer(pointer), Some(&json!(kept)));
        app.execute(
            "DELETE FROM abuse_reports WHERE subject = $1",
            [subject.as_str().into()],
        )
        .await;
    }
}

#[tokio::test]
async fn what_one_cannot_see_or_has_made_oneself_is_not_reported() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let conversation = opened(&app, &ann, &bob).await;
    let pet = fixtures::pet(&app, Some(&ann), None).await.to_string();
    let before = app.footprint().await;
    for (who, subject, fault) in [
        (&cleo, conversation.as_str(), "input.subjectId NOT_FOUND"),
        (&ann, "pet_00000000000000000000000000", "input.subjectId NOT_FOUND"),
        (&ann, "nothing", "input.subjectId NOT_FOUND"),
        (&ann, ann.id.as_str(), "input.subjectId NOT_ALLOWED"),
        (&ann, pet.as_str(), "input.subjectId NOT_ALLOWED"),
    ] {
        let answer = report(&app, who, json!({ "subjectId": subject, "reason": "SPAM" })).await;
        assert_eq!(user_errors(&answer), [fault], "{subject}");
    }
    let long = json!({ "subjectId": bob.id, "reason": "SPAM", "details": "x".repeat(1_001) });
    assert_eq!(user_errors(&report(&app, &ann, long).await), ["input.details TOO_LONG"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_member_reports_20_things_a_day() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let mut pets = Vec::new();
    for _ in 0..21 {
        pets.push(fixtures::pet(&app, Some(&bob), None).await.to_string());
    }
    for pet in &pets[..20] {
        let answer = report(&app, &ann, json!({ "subjectId": pet, "reason": "FALSE_REPORT" })).await;
        assert_eq!(user_errors(&answer), Vec::<String>::new());
    }
    let refused = report(&app, &ann, json!({ "subjectId": pets[20], "reason": "FALSE_REPORT" })).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("abuse_reports").await, 20);
    let again = report(&app, &ann, json!({ "subjectId": pets[0], "reason": "SPAM" })).await;
    assert_eq!(
        codes(&again),
        Vec::<String>::new(),
        "what was told already costs nothing"
    );
}
