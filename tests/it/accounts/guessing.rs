//! Guesses from many addresses.

use std::time::Duration;

use serde_json::{Value, json};

use super::{LOG_IN, REGISTER};
use crate::support::{Actor, Answer, Setup, TestApp, Visitor, answer, codes, user_errors};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A server behind a proxy, which says from where requests come.
async fn behind_a_proxy() -> TestApp {
    TestApp::start(Setup {
        adjust: |config| config.trusted_proxies = "1".parse().unwrap(),
        ..Setup::default()
    })
    .await
}

async fn from(app: &TestApp, address: &str, query: &str, input: Value) -> Answer {
    let request = app
        .request(reqwest::Method::POST, "/graphql")
        .header("x-forwarded-for", address);
    answer(request.json(&json!({ "query": query, "variables": { "input": input } }))).await
}

async fn guess(app: &TestApp, address: &str, ann: &Actor) -> Answer {
    let input = json!({ "email": ann.email(), "password": "this is not the password" });
    from(app, address, LOG_IN, input).await
}

async fn right(app: &TestApp, address: &str, ann: &Actor) -> Answer {
    let input = json!({ "email": ann.email(), "password": ann.password() });
    from(app, address, LOG_IN, input).await
}

async fn spend(app: &TestApp, key: &str, limit: u32, window: Duration) {
    for _ in 0..limit {
        let now = app.deps.clock.now();
        app.deps.limiter.hit(key, limit, window, now).await.unwrap();
    }
}

#[tokio::test]
async fn all_addresses_of_one_ipv6_network_guess_ten_times_together() {
    let app = behind_a_proxy().await;
    let ann = app.member("ann").await;
    for host in 1..=10 {
        let wrong = guess(&app, &format!("2001:db8:1:2::{host:x}"), &ann).await;
        assert_eq!(user_errors(&wrong), ["INVALID"]);
    }

    let refused = right(&app, "2001:db8:1:2:ffff::1", &ann).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    let neighbour = right(&app, "2001:db8:1:3::1", &ann).await;
    assert_eq!((codes(&neighbour), user_errors(&neighbour)), (vec![], vec![]));
}

#[tokio::test]
async fn the_networks_of_one_site_guess_sixteen_times_as_often_together() {
    let app = behind_a_proxy().await;
    let ann = app.member("ann").await;
    let key = format!("log-in-at:{}:site:2001:db8:1::", ann.email());
    spend(&app, &key, 160, Duration::from_secs(15 * 60)).await;

    assert_eq!(codes(&guess(&app, "2001:db8:1:9::1", &ann).await), ["RATE_LIMITED"]);
    assert_eq!(user_errors(&guess(&app, "2001:db8:2:9::1", &ann).await), ["INVALID"]);
}

#[tokio::test]
async fn guesses_from_everywhere_close_an_account_to_new_places_and_never_to_its_own() {
    let app = behind_a_proxy().await;
    let ann = app.member("ann").await;
    let at_home = from(
        &app,
        "192.0.2.7",
        LOG_IN,
        json!({ "email": ann.email(), "password": ann.password() }),
    )
    .await;
    assert_eq!(user_errors(&at_home), Vec::<String>::new());
    for host in 1..=5 {
        for _ in 0..10 {
            guess(&app, &format!("198.51.100.{host}"), &ann).await;
        }
    }

    let new_place = right(&app, "203.0.113.1", &ann).await;
    assert_eq!(codes(&new_place), ["RATE_LIMITED"]);
    let home = right(&app, "192.0.2.7", &ann).await;
    assert_eq!((codes(&home), user_errors(&home)), (vec![], vec![]));

    app.clock.advance(HOUR);
    let later = right(&app, "203.0.113.1", &ann).await;
    assert_eq!((codes(&later), user_errors(&later)), (vec![], vec![]));
}

#[tokio::test]
async fn an_account_that_somebody_else_made_with_the_address_makes_no_place_known() {
    let app = behind_a_proxy().await;
    let ann = app.verified("ann").await;
    let input = json!({ "email": ann.email(), "password": "the password of a stranger", "displayName": "Stranger" });
    assert_eq!(
        user_errors(&from(&app, "198.51.100.1", REGISTER, input).await),
        Vec::<String>::new()
    );
    spend(&app, &format!("log-in-from-elsewhere:{}", ann.email()), 50, HOUR).await;

    assert_eq!(codes(&guess(&app, "198.51.100.1", &ann).await), ["RATE_LIMITED"]);
    assert_eq!(user_errors(&guess(&app, "127.0.0.1", &ann).await), ["INVALID"]);
    app.run_work().await;
}

#[tokio::test]
async fn an_ipv6_network_counts_as_one_when_it_makes_accounts() {
    let app = behind_a_proxy().await;
    spend(&app, "register:2001:db8:1:2::", 300, HOUR).await;
    let input = json!({ "email": "ann@example.org", "password": "correct horse", "displayName": "Ann" });

    assert_eq!(
        codes(&from(&app, "2001:db8:1:2::9", REGISTER, input.clone()).await),
        ["RATE_LIMITED"]
    );
    assert_eq!(
        user_errors(&from(&app, "2001:db8:1:3::9", REGISTER, input).await),
        Vec::<String>::new()
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_network_tries_300_tokens_of_mails_an_hour() {
    let app = TestApp::new().await;
    spend(&app, "verify-email:127.0.0.1", 300, HOUR).await;
    let verify = "mutation { verifyEmail(input: { token: \"ev_0\" }) { userErrors { field code } } }";
    assert_eq!(codes(&app.run(&Visitor, verify, json!({})).await), ["RATE_LIMITED"]);
}

#[tokio::test]
async fn a_document_with_many_log_ins_counts_each_of_them() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let log_in = |n: usize| {
        format!(
            "a{n}: logIn(input: {{ email: \"{}\", password: \"guess number {n}\" }}) {{ userErrors {{ code }} }}",
            ann.email()
        )
    };
    let document = |most: usize| format!("mutation {{ {} }}", (0..most).map(log_in).collect::<Vec<_>>().join(" "));

    let answer = app.run(&Visitor, &document(25), json!({})).await;

    assert_eq!(codes(&answer), ["RATE_LIMITED"]);
    assert_eq!(answer.body["errors"][0]["path"], json!(["a10"]), "the eleventh");
    let input = json!({ "input": { "email": ann.email(), "password": ann.password() } });
    assert_eq!(codes(&app.run(&Visitor, super::LOG_IN, input).await), ["RATE_LIMITED"]);
    assert_eq!(
        codes(&app.run(&Visitor, &document(100), json!({})).await),
        ["TOO_MANY_ALIASES"]
    );
}
