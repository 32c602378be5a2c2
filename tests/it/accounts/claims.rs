//! Several accounts that give one address, and which of them it belongs to.

use serde_json::{Value, json};

use super::{LOG_IN, REFRESH, REGISTER, VIEWER, from_host};
use crate::support::{Answer, Bearer, TestApp, Visitor, codes, user_errors};

const ADDRESS: &str = "ann@example.org";
const VERIFY: &str = "mutation($token: String!) { verifyEmail(input: { token: $token }) {
    emailVerified userErrors { field code message } } }";
const AGAIN: &str = "mutation($email: EmailAddress!) { requestEmailVerification(input: { email: $email }) {
    userErrors { field code message } } }";

fn input(password: &str) -> Value {
    json!({ "input": { "email": ADDRESS, "password": password, "displayName": format!("Member {password}") } })
}

/// Registers with the address: access and refresh token.
async fn register(app: &TestApp, password: &str) -> (Bearer, String) {
    let data = app.ok(&Visitor, REGISTER, input(password)).await;
    let token = |name: &str| data["register"]["tokens"][name].as_str().unwrap().to_owned();
    (Bearer(token("accessToken")), token("refreshToken"))
}

async fn log_in(app: &TestApp, password: &str) -> Answer {
    let input = json!({ "input": { "email": ADDRESS, "password": password } });
    app.run(&Visitor, LOG_IN, input).await
}

/// The tokens that the mailbox of the address got, in their order.
fn tokens(app: &TestApp) -> Vec<String> {
    let mails = app.mailbox.to(ADDRESS);
    let token = |text: &str| {
        let link = text.lines().find(|line| line.contains("/verify-email#"))?;
        link.split_once('#').map(|(_, token)| token.to_owned())
    };
    mails.iter().filter_map(|mail| token(&mail.text)).collect()
}

async fn verify(app: &TestApp, token: &str) -> Answer {
    app.run(&Visitor, VERIFY, json!({ "token": token })).await
}

#[tokio::test]
async fn an_address_is_of_whoever_proves_it_and_who_was_there_first_is_out() {
    let app = TestApp::new().await;
    let (squatter, squatters_refresh) = register(&app, "the squatter").await;
    app.run_work().await;
    let (ann, _) = register(&app, "the true ann").await;
    app.run_work().await;
    let mails = tokens(&app);
    assert_eq!(mails.len(), 2);

    let done = verify(&app, &mails[1]).await;
    assert_eq!(done.data()["verifyEmail"]["emailVerified"], true);

    let viewer = app.ok(&ann, VIEWER, json!({})).await["viewer"].clone();
    assert_eq!(
        (&viewer["email"], &viewer["emailVerified"]),
        (&json!(ADDRESS), &json!(true))
    );
    assert_eq!(user_errors(&log_in(&app, "the true ann").await), Vec::<String>::new());
    assert_eq!(codes(&app.run(&squatter, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    let refused = app
        .run(
            &Visitor,
            REFRESH,
            json!({ "input": { "refreshToken": squatters_refresh } }),
        )
        .await;
    assert_eq!(user_errors(&refused), ["input.refreshToken EXPIRED"]);
    assert_eq!(user_errors(&log_in(&app, "the squatter").await), ["INVALID"]);
    assert_eq!(user_errors(&verify(&app, &mails[0]).await), ["input.token EXPIRED"]);
}

#[tokio::test]
async fn a_token_proves_the_account_that_its_mail_was_sent_for() {
    let app = TestApp::new().await;
    let (first, _) = register(&app, "the true ann").await;
    app.run_work().await;
    let (second, _) = register(&app, "somebody else").await;
    app.run_work().await;

    verify(&app, &tokens(&app)[0]).await;

    assert_eq!(app.ok(&first, VIEWER, json!({})).await["viewer"]["emailVerified"], true);
    assert_eq!(codes(&app.run(&second, VIEWER, json!({})).await), ["UNAUTHENTICATED"]);
    assert_eq!(user_errors(&log_in(&app, "somebody else").await), ["INVALID"]);
}

#[tokio::test]
async fn of_two_accounts_that_prove_one_address_at_once_one_does() {
    let app = TestApp::new().await;
    register(&app, "password one").await;
    register(&app, "the other one").await;
    app.run_work().await;
    let mails = tokens(&app);

    let (one, two) = tokio::join!(verify(&app, &mails[0]), verify(&app, &mails[1]));

    let mut faults = [user_errors(&one), user_errors(&two)];
    faults.sort();
    assert_eq!(faults, [vec![], vec!["input.token EXPIRED".to_owned()]]);
    let holders: i64 = app
        .value("SELECT COUNT(*) FROM members WHERE email = 'ann@example.org' AND email_verified")
        .await;
    assert_eq!(holders, 1);
}

#[tokio::test]
async fn until_an_address_is_proved_its_newest_account_logs_in() {
    let app = TestApp::new().await;
    let (first, _) = register(&app, "the first").await;
    app.clock.advance(std::time::Duration::from_secs(1));
    let (second, _) = register(&app, "the second").await;

    assert_eq!(user_errors(&log_in(&app, "the first").await), ["INVALID"]);
    assert_eq!(user_errors(&log_in(&app, "the second").await), Vec::<String>::new());
    for session in [first, second] {
        app.ok(&session, VIEWER, json!({})).await;
    }
    app.run_work().await;
}

#[tokio::test]
async fn a_taken_address_is_answered_as_a_free_one_and_its_holder_is_told() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let taken = app.ok(&Visitor, REGISTER, input("another password")).await["register"].clone();
    let free = json!({ "email": "bob@example.org", "password": "another password", "displayName": "Bob" });
    let free = app.ok(&Visitor, REGISTER, json!({ "input": free })).await["register"].clone();

    let shape = |payload: &Value| {
        let viewer = &payload["viewer"];
        let sessions = viewer["sessions"].as_array().unwrap().len();
        (
            viewer["emailVerified"].clone(),
            viewer["role"].clone(),
            sessions,
            payload["userErrors"].clone(),
        )
    };
    assert_eq!(shape(&taken), shape(&free));
    assert_eq!(
        user_errors(&log_in(&app, "another password").await),
        Vec::<String>::new()
    );
    let other = Bearer(taken["tokens"]["accessToken"].as_str().unwrap().to_owned());
    app.ok(&other, AGAIN, json!({ "email": ADDRESS })).await;
    app.run_work().await;

    let mails = app.mailbox.to(ADDRESS);
    let told = mails
        .iter()
        .filter(|mail| mail.subject == "You already have an account at Finding Sweetie");
    assert_eq!((told.count(), mails.len()), (2, 2));
    assert_eq!(tokens(&app), Vec::<String>::new());
    assert_eq!(app.ok(&ann, VIEWER, json!({})).await["viewer"]["emailVerified"], true);
    let home = app.log_in_again(&ann).await;
    assert_eq!(home.id, ann.id);
}

#[tokio::test]
async fn a_mail_to_an_address_holds_nothing_that_was_typed_by_who_registered_with_it() {
    let app = TestApp::new().await;
    let input = json!({ "email": ADDRESS, "password": "correct horse", "displayName": "Win at https://evil.example" });
    app.ok(&Visitor, REGISTER, json!({ "input": input })).await;
    app.run_work().await;
    let mails = app.mailbox.to(ADDRESS);
    assert!(
        !mails[0].text.contains("evil") && !mails[0].subject.contains("evil"),
        "{mails:?}"
    );
}

#[tokio::test]
async fn one_address_gets_ten_mails_an_hour_whoever_registers_with_it() {
    let app = TestApp::new().await;
    for host in 1..=3 {
        for number in 1..=5 {
            let made = from_host(&app, host, REGISTER, input(&format!("password {host}.{number}"))).await;
            assert_eq!(user_errors(&made), Vec::<String>::new());
        }
        let sixth = from_host(&app, host, REGISTER, input("password 6")).await;
        assert_eq!(codes(&sixth), ["RATE_LIMITED"]);
    }
    app.run_work().await;
    assert_eq!(app.mailbox.to(ADDRESS).len(), 10);

    app.clock.advance(std::time::Duration::from_secs(60 * 60));
    register(&app, "the true ann").await;
    app.run_work().await;
    assert_eq!(app.mailbox.to(ADDRESS).len(), 11);
}

#[tokio::test]
async fn a_role_is_not_granted_to_one_of_several_who_have_not_proved_the_address() {
    use entity::vocabulary::Role;
    use finding_sweetie::domain::accounts::grant_role;
    let app = TestApp::new().await;
    register(&app, "password one").await;
    register(&app, "the other one").await;
    app.run_work().await;

    assert!(grant_role(&app.deps, ADDRESS, Role::Admin).await.is_err());
    let admins: i64 = app.value("SELECT COUNT(*) FROM members WHERE role = 'ADMIN'").await;
    assert_eq!(admins, 0);
    verify(&app, &tokens(&app)[1]).await;
    assert!(
        grant_role(&app.deps, ADDRESS, Role::Admin)
            .await
            .unwrap()
            .email_verified
    );
}
