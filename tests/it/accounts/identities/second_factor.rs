//! A second factor is asked for after the provider as after a password.

use serde_json::json;

use super::{Provider, audited, back, both, finish, link, member, start};
use crate::{
    accounts::security::two_factor::{code, turned_on},
    support::{Actor, TestApp, user_errors},
};

#[tokio::test]
async fn the_code_is_asked_for_and_the_same_attempt_goes_on_with_it() {
    let (provider, app) = both().await;
    let ann = app.verified("ann").await;
    let (secret, _) = turned_on(&app, &ann).await;
    let input = back(&provider, &start(&app).await);

    let asked = finish(&app, input.clone()).await;

    assert_eq!(user_errors(&asked), ["input.twoFactorCode REQUIRED"]);
    assert_eq!(app.count("identities").await, 0);
    let mut wrong = input.clone();
    wrong["twoFactorCode"] = json!("000000");
    assert_eq!(user_errors(&finish(&app, wrong).await), ["input.twoFactorCode INVALID"]);
    let mut elsewhere = input.clone();
    elsewhere["twoFactorCode"] = json!(code(&app, &secret, 0));
    elsewhere["secret"] = json!("si_0");
    assert_eq!(user_errors(&finish(&app, elsewhere).await), ["input.state EXPIRED"]);

    let mut right = input.clone();
    right["twoFactorCode"] = json!(code(&app, &secret, 0));
    let done = finish(&app, right.clone()).await;

    assert_eq!(member(&done), ann.id);
    assert_eq!((provider.asked("token"), app.count("identities").await), (1, 1));
    assert_eq!(audited(&app, "second_factor_failed").await, 1);
    assert_eq!(user_errors(&finish(&app, right).await), ["input.state EXPIRED"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_recovery_code_works_and_a_spent_code_does_not() {
    let (provider, app) = both().await;
    let ann = app.verified("ann").await;
    link(&provider, &app, &ann).await;
    let (secret, recovery) = turned_on(&app, &ann).await;
    let now = code(&app, &secret, 0);

    assert_eq!(with_code(&provider, &app, &now).await, [""; 0]);
    assert_eq!(with_code(&provider, &app, &now).await, ["input.twoFactorCode INVALID"]);
    assert_eq!(with_code(&provider, &app, &recovery[0]).await, [""; 0]);
    app.run_work().await;
}

#[tokio::test]
async fn what_waits_for_a_code_is_void_after_ten_minutes() {
    let (provider, app) = both().await;
    let ann: Actor = app.verified("ann").await;
    let (secret, _) = turned_on(&app, &ann).await;
    let mut input = back(&provider, &start(&app).await);
    assert_eq!(
        user_errors(&finish(&app, input.clone()).await),
        ["input.twoFactorCode REQUIRED"]
    );

    app.clock.advance(std::time::Duration::from_secs(10 * 60));
    input["twoFactorCode"] = json!(code(&app, &secret, 0));
    assert_eq!(user_errors(&finish(&app, input).await), ["input.state EXPIRED"]);
    app.run_work().await;
}

async fn with_code(provider: &Provider, app: &TestApp, code: &str) -> Vec<String> {
    let mut input = back(provider, &start(app).await);
    input["twoFactorCode"] = json!(code);
    user_errors(&finish(app, input).await)
}
