//! Who it is: the member of the identity, the member of the verified address, or somebody new.

use std::time::Duration;

use serde_json::json;

use super::{IDENTITIES, Provider, audited, back, both, finish, link, member, sign_in, start, token, with};
use crate::support::{Setup, TestApp, Visitor, codes, user_errors};

#[tokio::test]
async fn the_providers_are_listed() {
    let (_provider, app) = both().await;
    let data = app.ok(&Visitor, "{ identityProviders { id name } }", json!({})).await;
    assert_eq!(
        data["identityProviders"],
        json!([{ "id": "example", "name": "Example" }])
    );
}

#[tokio::test]
async fn somebody_new_has_an_account_with_a_verified_address_and_no_mail_to_answer() {
    let (provider, app) = both().await;

    let answer = sign_in(&provider, &app).await;

    assert_eq!(user_errors(&answer), [""; 0]);
    let viewer = &answer.data()["finishIdentitySignIn"]["viewer"];
    assert_eq!(
        (
            &viewer["email"],
            &viewer["emailVerified"],
            &viewer["member"]["displayName"]
        ),
        (&json!("ann@example.org"), &json!(true), &json!("Ann Example"))
    );
    let identities = app.ok(&token(&answer), IDENTITIES, json!({})).await;
    let identity = &identities["viewer"]["identities"][0];
    assert_eq!(
        (&identity["providerName"], &identity["email"], &identity["linkedAt"]),
        (&json!("Example"), &json!("ann@example.org"), &identity["lastUsedAt"])
    );
    app.run_work().await;
    assert_eq!(app.mailbox.to("ann@example.org").len(), 0);
    assert_eq!(
        (audited(&app, "identity_linked").await, audited(&app, "logged_in").await),
        (1, 1)
    );
    assert_eq!(
        (
            provider.asked("discovery"),
            provider.asked("token"),
            provider.asked("user info")
        ),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn the_same_account_there_is_the_same_member_here_whatever_its_address_is_now() {
    let (provider, app) = both().await;
    let first = sign_in(&provider, &app).await;
    app.clock.advance(Duration::from_secs(60));
    provider.says(json!({ "email": "new@example.org", "email_verified": false }));

    let second = sign_in(&provider, &app).await;

    assert_eq!(member(&first), member(&second));
    let identities = app.ok(&token(&second), IDENTITIES, json!({})).await;
    let identity = &identities["viewer"]["identities"][0];
    assert_eq!(identity["email"], "new@example.org");
    assert_ne!(identity["linkedAt"], identity["lastUsedAt"]);
    assert_eq!((app.count("members").await, app.count("identities").await), (1, 1));
    app.run_work().await;
}

#[tokio::test]
async fn another_account_there_is_another_member_even_with_the_address_of_the_first() {
    let (provider, app) = both().await;
    provider.says(json!({ "email_verified": null }));
    let first = sign_in(&provider, &app).await;
    provider.says(json!({ "sub": "somebody else" }));
    let second = sign_in(&provider, &app).await;

    assert_ne!(member(&first), member(&second));
    app.run_work().await;
}

#[tokio::test]
async fn an_address_that_both_sides_have_verified_links_and_a_mail_tells() {
    let (provider, app) = both().await;
    let ann = app.verified("ann").await;

    let answer = sign_in(&provider, &app).await;

    assert_eq!(member(&answer), ann.id);
    assert_eq!(app.count("members").await, 1);
    app.run_work().await;
    let mails = app.mailbox.to("ann@example.org");
    assert_eq!(mails.last().unwrap().subject, "There is another way to log in");
    assert_eq!(audited(&app, "identity_linked").await, 1);
    assert_eq!(member(&sign_in(&provider, &app).await), ann.id);
}

#[tokio::test]
async fn an_account_that_lost_its_address_is_not_opened_by_its_identity_either() {
    let (provider, app) = both().await;
    provider.says(json!({ "email_verified": false }));
    let first = sign_in(&provider, &app).await;
    app.run_work().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    let mailed = app.mailbox.token("ann@example.org", "verify-email");
    let verify = "mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) { userErrors { field code } } }";
    with(&app, &Visitor, verify, json!({ "token": mailed })).await;
    assert_eq!(app.count("identities").await, 0);

    let again = sign_in(&provider, &app).await;

    assert!(member(&again) != member(&first) && member(&again) != ann.id);
    app.run_work().await;
}

/// As some providers do, against the standard.
#[tokio::test]
async fn a_provider_may_say_true_as_text() {
    let (provider, app) = both().await;
    let ann = app.verified("ann").await;
    provider.says(json!({ "email_verified": "true" }));
    assert_eq!(member(&sign_in(&provider, &app).await), ann.id);
    app.run_work().await;
}

#[tokio::test]
async fn an_address_that_the_provider_has_not_verified_links_nothing() {
    for verified in [json!(false), json!("false"), json!(null)] {
        let (provider, app) = both().await;
        let ann = app.verified("ann").await;
        provider.says(json!({ "email_verified": verified }));

        let answer = sign_in(&provider, &app).await;

        assert_ne!(member(&answer), ann.id);
        assert_eq!(answer.data()["finishIdentitySignIn"]["viewer"]["emailVerified"], false);
        app.run_work().await;
        let verified: i64 = app.value("SELECT COUNT(*) FROM members WHERE email_verified").await;
        assert_eq!(verified, 1);
        // The mail to the holder has no button.
        let mails = app.mailbox.to("ann@example.org");
        assert_eq!(
            mails.last().unwrap().subject,
            "You already have an account at Finding Sweetie"
        );
    }
}

#[tokio::test]
async fn an_account_that_merely_claims_the_address_loses_it_to_the_new_one() {
    let (provider, app) = both().await;
    let claimant = app.member("ann").await;

    let answer = sign_in(&provider, &app).await;

    assert_ne!(member(&answer), claimant.id);
    assert_eq!(answer.data()["finishIdentitySignIn"]["viewer"]["emailVerified"], true);
    let lost = app.run(&claimant, "{ viewer { email } }", json!({})).await;
    assert_eq!(codes(&lost), ["UNAUTHENTICATED"]);
    assert_eq!(audited(&app, "address_lost").await, 1);
    let log_in = json!({ "email": claimant.email(), "password": claimant.password() });
    let refused = with(&app, &Visitor, crate::accounts::LOG_IN, log_in).await;
    assert_eq!(user_errors(&refused), ["INVALID"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_provider_that_verifies_nothing_gives_an_account_that_verifies_by_mail() {
    let (provider, app) = both().await;
    provider.says(json!({ "email_verified": null, "name": null, "given_name": "Ann" }));

    let answer = sign_in(&provider, &app).await;

    let viewer = &answer.data()["finishIdentitySignIn"]["viewer"];
    assert_eq!(
        (&viewer["emailVerified"], &viewer["member"]["displayName"]),
        (&json!(false), &json!("Ann"))
    );
    app.run_work().await;
    let mails = app.mailbox.to("ann@example.org");
    assert_eq!(
        mails.last().unwrap().subject,
        "Verify your e-mail address for Finding Sweetie"
    );
}

#[tokio::test]
async fn a_provider_that_tells_no_address_makes_no_account_but_lets_a_member_in() {
    let (provider, app) = both().await;
    for email in [json!(null), json!("no address")] {
        provider.says(json!({ "email": email }));
        let answer = sign_in(&provider, &app).await;
        assert_eq!(user_errors(&answer), ["input.code REQUIRED"]);
    }
    assert_eq!((app.count("members").await, app.count("identities").await), (0, 0));

    let bob = app.verified("bob").await;
    provider.says(json!({ "email": null }));
    assert_eq!(user_errors(&link(&provider, &app, &bob).await), [""; 0]);
    assert_eq!(member(&sign_in(&provider, &app).await), bob.id);
    app.leave_work();
}

#[tokio::test]
async fn what_the_token_does_not_say_is_asked_for_and_must_be_about_the_same_person() {
    let (provider, app) = both().await;
    provider.says(json!({ "email": null, "email_verified": null, "name": null }));
    let told = json!({ "sub": "bob", "email": "bob@example.org", "email_verified": true, "name": "Bob" });
    provider.tells(told.clone());
    let other = sign_in(&provider, &app).await;
    assert_eq!(user_errors(&other), ["input.code INVALID"]);

    provider.says(json!({ "sub": "bob" }));
    let answer = sign_in(&provider, &app).await;

    let viewer = &answer.data()["finishIdentitySignIn"]["viewer"];
    assert_eq!(
        (&viewer["email"], &viewer["emailVerified"]),
        (&json!("bob@example.org"), &json!(true))
    );
    assert_eq!(viewer["member"]["displayName"], "Bob");
    app.run_work().await;
}

#[tokio::test]
async fn a_client_without_a_secret_signs_people_in_too() {
    let provider = Provider::start().await;
    let setup = Setup {
        identity_providers: vec![provider.settings_of_a_public_client()],
        ..Setup::default()
    };
    let app = TestApp::start(setup).await;
    assert_eq!(user_errors(&sign_in(&provider, &app).await), [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn signing_in_takes_a_deletion_back_and_a_deleted_account_is_not_known_any_more() {
    let (provider, app) = both().await;
    let first = sign_in(&provider, &app).await;
    let begun = start(&app).await;
    let later = "UPDATE members SET deletes_at = $1 WHERE deleted_at IS NULL";
    let in_a_day = app.deps.clock.now().plus(Duration::from_secs(86_400)).0;
    app.execute(later, [in_a_day.into()]).await;

    let second = sign_in(&provider, &app).await;

    assert_eq!(member(&first), member(&second));
    assert_eq!(audited(&app, "deletion_taken_back").await, 1);
    let over = app.deps.clock.now().0;
    app.execute(later, [over.into()]).await;
    let id = member(&first).parse().unwrap();
    assert!(
        finding_sweetie::domain::accounts::empty_account(&app.deps, id)
            .await
            .unwrap()
    );
    assert_eq!(app.count("identities").await, 0);
    let third = finish(&app, back(&provider, &begun)).await;
    assert_ne!(member(&third), member(&first));
    app.leave_work();
}

#[tokio::test]
async fn the_archive_of_a_member_lists_their_identities() {
    let (provider, app) = both().await;
    let answer = sign_in(&provider, &app).await;
    app.ok(
        &token(&answer),
        "mutation { requestDataExport(input: {}) { userErrors { field message } } }",
        json!({}),
    )
    .await;
    app.run_work().await;
    let data = app
        .ok(&token(&answer), "{ viewer { dataExports { url } } }", json!({}))
        .await;
    let url = data["viewer"]["dataExports"][0]["url"].as_str().unwrap();
    let archive: serde_json::Value = app.get(url.trim_start_matches(&app.url)).await.json().await.unwrap();
    let identity = &archive["identities"][0];
    assert!(identity["id"].as_str().unwrap().starts_with("idy_"), "{identity}");
    assert_eq!(
        (&identity["subject"], &identity["email"]),
        (&json!("ann at the provider"), &json!("ann@example.org"))
    );
}

#[tokio::test]
async fn a_new_password_by_mail_ends_the_ways_in_of_whoever_made_the_account_with_that_address() {
    let (provider, app) = both().await;
    provider.says(json!({ "email_verified": false }));
    sign_in(&provider, &app).await;
    app.run_work().await;
    let forgot = "mutation { requestPasswordReset(input: { email: \"ann@example.org\" }) { userErrors { message } } }";
    app.ok(&Visitor, forgot, json!({})).await;
    app.run_work().await;
    let token = app.mailbox.token("ann@example.org", "reset-password");
    let reset =
        "mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { field code message } } }";
    let reset = with(
        &app,
        &Visitor,
        reset,
        json!({ "token": token, "password": "a phrase of several words" }),
    )
    .await;
    assert_eq!(user_errors(&reset), [""; 0]);
    assert_eq!(app.count("identities").await, 0);
    app.run_work().await;
}
