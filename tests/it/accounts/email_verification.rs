//! Proving an address.

use std::time::Duration;

use entity::vocabulary::Lane;
use finding_sweetie::work::{job::Job, jobs::send_verification_mail::SendVerificationMail, relay, runner};
use serde_json::json;

use super::VIEWER;
use crate::support::{Actor, Answer, TestApp, Visitor, codes, user_errors};

const VERIFY: &str = "mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) {
    emailVerified userErrors { field code message } } }";
const AGAIN: &str = "mutation($email: EmailAddress!) { requestEmailVerification(input: { email: $email }) {
    userErrors { field code message } } }";

/// The token of the newest mail to that member.
fn token(app: &TestApp, actor: &Actor) -> String {
    app.mailbox.token(&actor.email(), "verify-email")
}

async fn verify(app: &TestApp, token: &str) -> Answer {
    app.run(&Visitor, VERIFY, json!({ "input": { "token": token } })).await
}

#[tokio::test]
async fn the_token_from_the_mail_proves_the_address_and_its_repeat_is_harmless() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    let token = token(&app, &ann);

    for _ in 0..2 {
        let done = verify(&app, &token).await;
        assert_eq!(done.data()["verifyEmail"]["emailVerified"], true);
    }

    assert_eq!(app.ok(&ann, VIEWER, json!({})).await["viewer"]["emailVerified"], true);
    let proofs: i64 = app
        .value("SELECT COUNT(*) FROM audit_entries WHERE action = 'email_verified'")
        .await;
    assert_eq!(proofs, 1);
}

#[tokio::test]
async fn of_two_uses_of_a_token_at_once_both_are_answered_and_one_counts() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    let token = token(&app, &ann);
    let (one, two) = tokio::join!(verify(&app, &token), verify(&app, &token));
    assert_eq!((user_errors(&one), user_errors(&two)), (vec![], vec![]));
    let proofs: i64 = app
        .value("SELECT COUNT(*) FROM audit_entries WHERE action = 'email_verified'")
        .await;
    assert_eq!(proofs, 1);
}

#[tokio::test]
async fn a_token_is_good_for_three_days() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    app.clock.advance(Duration::from_secs(3 * 24 * 60 * 60));
    assert_eq!(
        user_errors(&verify(&app, &token(&app, &ann)).await),
        ["input.token EXPIRED"]
    );
}

#[tokio::test]
async fn an_unknown_token_proves_nothing() {
    let app = TestApp::new().await;
    app.member("ann").await;
    for wrong in ["", "ev_00", "%", "' OR ''='"] {
        assert_eq!(
            user_errors(&verify(&app, wrong).await),
            ["input.token EXPIRED"],
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_mail_is_sent_again_on_request_five_times_an_hour() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..5 {
        app.ok(&ann, AGAIN, json!({ "email": ann.email() })).await;
    }
    assert_eq!(
        codes(&app.run(&ann, AGAIN, json!({ "email": ann.email() })).await),
        ["RATE_LIMITED"]
    );
    app.run_work().await;
    assert_eq!(app.mailbox.to(&ann.email()).len(), 6);
    let refused = app.run(&Visitor, AGAIN, json!({ "email": ann.email() })).await;
    assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn a_member_whose_address_is_proved_gets_no_other_mail() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    app.run_work().await;
    assert_eq!(app.mailbox.to(&ann.email()), []);
}

#[tokio::test]
async fn a_mail_that_could_not_be_sent_is_sent_later() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.mailbox.fail_next(2);
    for attempts in 1..=2 {
        let failed = app.try_work().await;
        assert_eq!(
            (failed.len(), failed[0].attempts, failed[0].is_buried),
            (1, attempts, false)
        );
        app.clock.advance(Duration::from_secs(60));
    }
    app.run_work().await;
    assert_eq!(app.mailbox.to(&ann.email()).len(), 1);
}

#[tokio::test]
async fn a_mail_that_can_never_be_sent_is_buried_where_admins_see_it() {
    let app = TestApp::new().await;
    app.member("ann").await;
    app.mailbox.fail_next(100);
    let mut failed = app.try_work().await;
    while !failed[0].is_buried {
        app.clock.advance(Duration::from_secs(4 * 60 * 60));
        failed = app.try_work().await;
    }
    assert_eq!(
        (failed[0].kind.as_str(), failed[0].attempts),
        ("send_verification_mail", 14)
    );
    app.clock.advance(Duration::from_secs(30 * 24 * 60 * 60));
    assert!(!runner::step(&app.deps).await.unwrap(), "a buried job is left alone");
    app.leave_work();
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_is_sent_again_as_it_was() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.mailbox.lose_next_answer();
    app.try_work().await;
    app.clock.advance(Duration::from_secs(60));

    app.run_work().await;

    let mails = app.mailbox.to(&ann.email());
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0], mails[1], "of one id, with one token");
    assert_eq!(app.count("email_tokens").await, 1);
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_tried_once_and_its_member_is_told() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.mailbox.refuse_next();

    app.run_work().await;

    assert_eq!(app.mailbox.count(), 0);
    let query = "{ viewer { notifications { nodes { kind title body } } } }";
    let told = &app.ok(&ann, query, json!({})).await["viewer"]["notifications"]["nodes"];
    let body = format!(
        "The mail server refused what we sent to {}: check the address.",
        ann.email()
    );
    assert_eq!(
        told,
        &json!([{ "kind": "ACCOUNT", "title": "A mail could not be delivered", "body": body }])
    );
}

#[tokio::test]
async fn what_a_mail_says_is_kept_only_until_it_is_sent() {
    let app = TestApp::new().await;
    app.member("ann").await;
    app.mailbox.fail_next(1);
    app.try_work().await;
    assert!(
        app.value::<String>("SELECT body FROM outgoing_mails")
            .await
            .contains("ev_")
    );
    app.clock.advance(Duration::from_secs(60));

    app.run_work().await;

    assert_eq!(app.value::<String>("SELECT body || html FROM outgoing_mails").await, "");
}

#[tokio::test]
async fn a_job_that_runs_twice_does_no_harm() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    relay::step(&app.deps).await.unwrap();
    let row = app.lease(Lane::Delivery).await.expect("a job is due");
    let job: SendVerificationMail = serde_json::from_str(&row.payload).unwrap();
    job.clone().perform(&app.deps, row.id).await.unwrap();

    job.perform(&app.deps, row.id).await.unwrap();

    assert_eq!(app.mailbox.to(&ann.email()).len(), 1);
    app.leave_work();
}
