//! Linking and unlinking.

use std::time::Duration;

use serde_json::json;

use super::{IDENTITIES, START_LINK, UNLINK, audited, back, both, link, member, sign_in, token, with};
use crate::support::{Visitor, codes, user_errors};

#[tokio::test]
async fn a_member_links_an_account_with_any_address_signs_in_with_it_and_unlinks_it() {
    let (provider, app) = both().await;
    let bob = app.verified("bob").await;

    let linked = link(&provider, &app, &bob).await;

    let identity = linked.data()["finishIdentityLink"]["identity"].clone();
    assert_eq!(
        (&identity["providerName"], &identity["email"]),
        (&json!("Example"), &json!("ann@example.org"))
    );
    assert_eq!(
        app.ok(&bob, IDENTITIES, json!({})).await["viewer"]["identities"],
        json!([identity])
    );
    let subjects = || async {
        app.run_work().await;
        app.mailbox.to("bob@example.org").last().unwrap().subject.clone()
    };
    assert_eq!(subjects().await, "There is another way to log in");
    assert_eq!(member(&sign_in(&provider, &app).await), bob.id);

    let unlinked = with(&app, &bob, UNLINK, json!({ "id": identity["id"] })).await;

    assert_eq!(unlinked.data()["unlinkIdentity"]["viewer"]["identities"], json!([]));
    assert_eq!(subjects().await, "A way to log in was removed");
    assert_eq!(
        (
            audited(&app, "identity_linked").await,
            audited(&app, "identity_unlinked").await
        ),
        (1, 1)
    );
    assert_ne!(member(&sign_in(&provider, &app).await), bob.id);
    app.run_work().await;
}

#[tokio::test]
async fn linking_twice_is_linking_once() {
    let (provider, app) = both().await;
    let bob = app.verified("bob").await;
    let first = link(&provider, &app, &bob).await;
    let second = link(&provider, &app, &bob).await;
    let id = |answer: &crate::support::Answer| answer.data()["finishIdentityLink"]["identity"]["id"].clone();
    assert_eq!(id(&first), id(&second));
    app.run_work().await;
}

#[tokio::test]
async fn what_another_member_has_linked_is_taken() {
    let (provider, app) = both().await;
    let bob = app.verified("bob").await;
    let first = sign_in(&provider, &app).await;

    let refused = link(&provider, &app, &bob).await;

    assert_eq!(user_errors(&refused), ["input.code TAKEN"]);
    assert_eq!(
        app.ok(&bob, IDENTITIES, json!({})).await["viewer"]["identities"],
        json!([])
    );
    assert_eq!(member(&sign_in(&provider, &app).await), member(&first));
    app.run_work().await;
}

#[tokio::test]
async fn later_than_a_quarter_of_an_hour_the_password_is_asked_for() {
    let (provider, app) = both().await;
    let bob = app.verified("bob").await;
    link(&provider, &app, &bob).await;
    let id = app.ok(&bob, IDENTITIES, json!({})).await["viewer"]["identities"][0]["id"].clone();
    app.clock.advance(Duration::from_secs(14 * 60));
    let bob = app.refreshed(&bob).await;
    app.clock.advance(Duration::from_secs(2 * 60));

    for (password, expected) in [
        (json!(null), vec!["input.password REQUIRED".to_owned()]),
        (json!("a wrong one"), vec!["input.password INVALID".to_owned()]),
    ] {
        let input = json!({ "providerId": "example", "password": password });
        assert_eq!(user_errors(&with(&app, &bob, START_LINK, input).await), expected);
        let input = json!({ "id": id, "password": password });
        assert_eq!(user_errors(&with(&app, &bob, UNLINK, input).await), expected);
    }
    let input = json!({ "providerId": "example", "password": bob.password() });
    assert_eq!(user_errors(&with(&app, &bob, START_LINK, input).await), [""; 0]);
    let input = json!({ "id": id, "password": bob.password() });
    assert_eq!(user_errors(&with(&app, &bob, UNLINK, input).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn only_members_link() {
    let (_provider, app) = both().await;
    let refused = with(&app, &Visitor, START_LINK, json!({ "providerId": "example" })).await;
    assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn whoever_signed_up_with_it_unlinks_it_too_and_chooses_a_password_by_mail() {
    let (provider, app) = both().await;
    let ann = token(&sign_in(&provider, &app).await);
    let id = app.ok(&ann, IDENTITIES, json!({})).await["viewer"]["identities"][0]["id"].clone();

    assert_eq!(
        user_errors(&with(&app, &ann, UNLINK, json!({ "id": id })).await),
        [""; 0]
    );

    let forgot = "mutation { requestPasswordReset(input: { email: \"ann@example.org\" }) { userErrors { message } } }";
    app.ok(&Visitor, forgot, json!({})).await;
    app.run_work().await;
    assert!(
        app.mailbox
            .token("ann@example.org", "reset-password")
            .starts_with("pr_")
    );
}

#[tokio::test]
async fn a_link_begun_before_a_log_out_is_not_finished_after_it() {
    let (provider, app) = both().await;
    let bob = app.verified("bob").await;
    let begun = with(&app, &bob, START_LINK, json!({ "providerId": "example" })).await;
    let input = back(&provider, &begun.data()["startIdentityLink"]);
    app.ok(
        &bob,
        "mutation { logOut(input: {}) { userErrors { message } } }",
        json!({}),
    )
    .await;
    let again = app.log_in_again(&bob).await;
    for caller in [&bob, &again] {
        let refused = with(&app, caller, super::FINISH_LINK, input.clone()).await;
        assert!(!codes(&refused).is_empty() || !user_errors(&refused).is_empty());
    }
    assert_eq!(app.count("identities").await, 0);
    app.run_work().await;
}
