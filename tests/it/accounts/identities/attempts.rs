//! Attempts: one browser, one use, ten minutes.

use std::time::Duration;

use serde_json::json;

use super::{FINISH_LINK, UNLINK, audited, back, both, finish, link, sign_in, start, token, with};
use crate::support::{TestApp, Visitor, codes, user_errors};

#[tokio::test]
async fn only_the_browser_that_began_finishes() {
    let (provider, app) = both().await;
    let mine = back(&provider, &start(&app).await);
    let other = start(&app).await;
    for (field, value) in [
        ("secret", json!("si_0")),
        ("secret", other["secret"].clone()),
        ("state", json!("0")),
    ] {
        let mut wrong = mine.clone();
        wrong[field] = value;
        assert_eq!(
            user_errors(&finish(&app, wrong).await),
            ["input.state EXPIRED"],
            "{field}"
        );
    }
    assert_eq!((app.count("members").await, provider.asked("token")), (0, 0));

    assert_eq!(user_errors(&finish(&app, mine).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn a_code_of_one_attempt_is_of_no_use_in_another() {
    let (provider, app) = both().await;
    let stolen = back(&provider, &start(&app).await);
    let mut mine = back(&provider, &start(&app).await);
    mine["code"] = stolen["code"].clone();

    // The provider compares the verifier of PKCE.
    assert_eq!(user_errors(&finish(&app, mine).await), ["input.code INVALID"]);
    assert_eq!(
        (app.count("members").await, audited(&app, "log_in_failed").await),
        (0, 1)
    );
}

#[tokio::test]
async fn an_attempt_ends_with_its_first_use() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);
    assert_eq!(user_errors(&finish(&app, input.clone()).await), [""; 0]);

    assert_eq!(user_errors(&finish(&app, input).await), ["input.state EXPIRED"]);

    assert_eq!((provider.asked("token"), app.count("sessions").await), (1, 1));
    app.run_work().await;
}

#[tokio::test]
async fn of_two_requests_at_once_one_finishes() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);

    let (one, two) = tokio::join!(finish(&app, input.clone()), finish(&app, input));

    let mut ends = [user_errors(&one), user_errors(&two)];
    ends.sort();
    assert_eq!(ends, [vec![], vec!["input.state EXPIRED".to_owned()]]);
    assert_eq!((provider.asked("token"), app.count("members").await), (1, 1));
    app.run_work().await;
}

#[tokio::test]
async fn two_attempts_of_one_new_person_make_one_account() {
    let (provider, app) = both().await;
    let one = back(&provider, &start(&app).await);
    let two = back(&provider, &start(&app).await);

    let (one, two) = tokio::join!(finish(&app, one), finish(&app, two));

    let is_in = |answer: &crate::support::Answer| user_errors(answer).is_empty();
    assert!(is_in(&one) || is_in(&two));
    assert_eq!((app.count("members").await, app.count("identities").await), (1, 1));
    app.run_work().await;
}

#[tokio::test]
async fn an_attempt_is_void_after_ten_minutes_and_forgotten_after_a_day() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);
    app.clock.advance(Duration::from_secs(10 * 60));

    assert_eq!(user_errors(&finish(&app, input).await), ["input.state EXPIRED"]);

    assert_eq!(forgotten(&app).await, 1);
    app.clock.advance(Duration::from_secs(25 * 60 * 60));
    assert_eq!(forgotten(&app).await, 0);
}

async fn forgotten(app: &TestApp) -> i64 {
    let forget = finding_sweetie::domain::accounts::forget_mailed_tokens;
    app.deps.write(async |tx| forget(tx).await).await.unwrap();
    app.count("sign_in_attempts").await
}

#[tokio::test]
async fn nothing_in_the_table_finishes_an_attempt() {
    let (provider, app) = both().await;
    let started = start(&app).await;
    let input = back(&provider, &started);
    let content = app.content().await["sign_in_attempts"].clone();
    for secret in [&input["state"], &input["secret"]] {
        assert!(!content.contains(secret.as_str().unwrap()));
    }
}

#[tokio::test]
async fn what_was_begun_to_sign_in_does_not_link_and_the_other_way_round() {
    let (provider, app) = both().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let sign_in = back(&provider, &start(&app).await);
    let refused = with(&app, &bob, FINISH_LINK, sign_in).await;
    assert_eq!(user_errors(&refused), ["input.state EXPIRED"]);

    let begun = with(&app, &bob, super::START_LINK, json!({ "providerId": "example" })).await;
    let input = back(&provider, &begun.data()["startIdentityLink"]);
    assert_eq!(user_errors(&finish(&app, input.clone()).await), ["input.state EXPIRED"]);
    for caller in [&ann, &app.log_in_again(&bob).await] {
        let refused = with(&app, caller, FINISH_LINK, input.clone()).await;
        assert_eq!(user_errors(&refused), ["input.state EXPIRED"]);
    }
    assert_eq!(
        codes(&with(&app, &Visitor, FINISH_LINK, input.clone()).await),
        ["UNAUTHENTICATED"]
    );
    assert_eq!(app.count("identities").await, 0);
    assert_eq!(user_errors(&with(&app, &bob, FINISH_LINK, input).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn nobody_unlinks_or_sees_the_identity_of_another() {
    let (provider, app) = both().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let linked = link(&provider, &app, &ann).await;
    let id = &linked.data()["finishIdentityLink"]["identity"]["id"];

    let refused = with(&app, &bob, UNLINK, json!({ "id": id })).await;
    let node = "query($id: ID!) { node(id: $id) { id } }";

    assert_eq!(user_errors(&refused), ["input.id NOT_FOUND"]);
    assert_eq!(app.ok(&bob, node, json!({ "id": id })).await["node"], json!(null));
    assert_eq!(app.ok(&ann, node, json!({ "id": id })).await["node"]["id"], *id);
    assert_eq!(
        codes(&with(&app, &Visitor, UNLINK, json!({ "id": id })).await),
        ["UNAUTHENTICATED"]
    );
    assert_eq!(app.count("identities").await, 1);
    app.run_work().await;
}

#[tokio::test]
async fn one_network_neither_begins_nor_finishes_without_end() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);
    app.use_up("identity-start", std::net::IpAddr::from([127, 0, 0, 1]))
        .await;
    let refused = with(&app, &Visitor, super::START, json!({ "providerId": "example" })).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    app.use_up("identity-finish", std::net::IpAddr::from([127, 0, 0, 1]))
        .await;
    assert_eq!(codes(&finish(&app, input.clone()).await), ["RATE_LIMITED"]);

    app.clock.advance(Duration::from_secs(15 * 60));
    let answer = sign_in(&provider, &app).await;
    token(&answer);
    app.run_work().await;
}
