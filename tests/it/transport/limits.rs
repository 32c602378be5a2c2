//! How often somebody may ask: visitors by their network, members by their account.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Actor, Answer, Bearer, Caller, Setup, TestApp, Visitor, answer, codes};

const QUERY: &str = "{ __typename }";
const MINUTE: Duration = Duration::from_secs(60);

async fn ask(app: &TestApp, caller: &impl Caller) -> Answer {
    app.run(caller, QUERY, json!({})).await
}

/// A request that came through the proxy from that address, and its status.
async fn ask_from(app: &TestApp, address: &str) -> u16 {
    let request = app.request(Method::POST, "/graphql").header("x-forwarded-for", address);
    answer(request.json(&json!({ "query": QUERY }))).await.status
}

async fn behind_a_proxy() -> TestApp {
    TestApp::start(Setup {
        adjust: |config| {
            config.rate_limit = 3;
            config.trusted_proxies = "1".parse().unwrap();
        },
        ..Setup::default()
    })
    .await
}

/// A server that lets everybody ask ten times a minute, and two members whose registration has been forgotten.
async fn office() -> (TestApp, Actor, Actor) {
    let app = TestApp::start(Setup {
        adjust: |config| config.rate_limit = 10,
        ..Setup::default()
    })
    .await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    app.clock.advance(MINUTE);
    (app, ann, bob)
}

#[tokio::test]
async fn members_have_their_own_limit_whoever_else_shares_their_address() {
    let (app, ann, bob) = office().await;
    for _ in 0..10 {
        assert_eq!(ask(&app, &Visitor).await.status, 200);
    }
    assert_eq!(ask(&app, &Visitor).await.status, 429);
    let mut left = Vec::new();
    for _ in 0..10 {
        let answered = ask(&app, &ann).await;
        assert_eq!(answered.status, 200);
        assert_eq!(answered.headers["ratelimit-policy"], "\"account\";q=10;w=60");
        left.push(answered.headers["ratelimit"].to_str().unwrap().to_owned());
    }
    assert_eq!(
        (left[0].as_str(), left[9].as_str()),
        ("\"account\";r=9;t=60", "\"account\";r=0;t=60")
    );
    let refused = ask(&app, &ann).await;
    assert_eq!(refused.headers["ratelimit"], "\"account\";r=0;t=60");
    assert_eq!(refused.headers["ratelimit-policy"], "\"account\";q=10;w=60");
    let message = refused.body["errors"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "at most 10 requests a minute of one account: try again in 60 seconds"
    );
    assert_eq!(
        (refused.status, codes(&refused)),
        (429, vec!["RATE_LIMITED".to_owned()])
    );
    assert_eq!(refused.headers["retry-after"], "60");
    assert_eq!(ask(&app, &bob).await.status, 200);
}

#[tokio::test]
async fn members_of_one_address_lose_no_operation_to_each_other() {
    let (app, ann, bob) = office().await;
    let sockets = [app.socket(&ann).await, app.socket(&bob).await];
    let mut streams = Vec::new();
    for socket in &sockets {
        for _ in 0..10 {
            streams.push(socket.subscribe(QUERY, json!({})));
        }
    }
    for stream in &mut streams {
        assert_eq!(stream.next().await["__typename"], "Query");
    }
}

#[tokio::test]
async fn a_stream_that_is_one_too_many_closes_the_socket_so_that_clients_try_again() {
    let (app, ann, _) = office().await;
    let mut socket = app.socket(&ann).await;
    for _ in 0..10 {
        socket.subscribe(QUERY, json!({})).next().await;
    }
    let refused = socket.subscribe(QUERY, json!({})).next_answer().await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"], "whoever asks once is told");
    assert!(socket.is_open());
    let _stream = socket.subscribe("subscription { matchAlerts { number } }", json!({}));
    assert_eq!(socket.closed().await, 1013);

    app.clock.advance(MINUTE);
    let again = app.socket(&ann).await;
    again.subscribe(QUERY, json!({})).next().await;
}

#[tokio::test]
async fn whoever_shows_a_bad_token_is_counted_as_a_visitor() {
    let (app, ann, _) = office().await;
    let stranger = Bearer("sk_0123".to_owned());
    for _ in 0..10 {
        assert_eq!(ask(&app, &stranger).await.status, 401);
    }
    assert_eq!(ask(&app, &stranger).await.status, 429);
    assert_eq!(ask(&app, &Visitor).await.status, 429);
    assert_eq!(ask(&app, &ann).await.status, 200);
}

#[tokio::test]
async fn all_addresses_of_a_subscriber_count_as_one_and_a_site_has_some_more() {
    let app = behind_a_proxy().await;
    for host in 1..=3 {
        assert_eq!(ask_from(&app, &format!("2001:db8:1:1::{host}")).await, 200);
    }
    assert_eq!(ask_from(&app, "2001:db8:1:1:ffff::4").await, 429);
    for net in 2..=46 {
        assert_eq!(ask_from(&app, &format!("2001:db8:1:{net}::1")).await, 200, "{net}");
    }
    assert_eq!(
        ask_from(&app, "2001:db8:1:47::1").await,
        429,
        "a site has sixteen shares"
    );
    assert_eq!(ask_from(&app, "2001:db8:2::1").await, 200);
    assert_eq!(ask_from(&app, "192.0.2.1").await, 200);
}

#[tokio::test]
async fn a_client_is_the_same_at_every_port_and_another_client_is_another() {
    let app = behind_a_proxy().await;
    for port in ["", ":50001", ":50002"] {
        assert_eq!(ask_from(&app, &format!("203.0.113.7{port}")).await, 200);
    }
    assert_eq!(ask_from(&app, "198.51.100.1, 203.0.113.7:50003").await, 429);
    assert_eq!(ask_from(&app, "203.0.113.8:50001").await, 200);
}

#[tokio::test]
async fn what_is_no_address_counts_for_the_proxy() {
    let app = behind_a_proxy().await;
    for _ in 0..3 {
        assert_eq!(ask_from(&app, "unknown").await, 200);
    }
    assert_eq!(ask_from(&app, "_hidden").await, 429);
}

#[tokio::test]
async fn pages_count_too() {
    let app = behind_a_proxy().await;
    for path in ["/p/nothing", "/s/nothing", "/"] {
        let page = app.get(path).await;
        assert_eq!(page.headers()["ratelimit-policy"], "\"address\";q=3;w=60", "{path}");
    }
    let refused = app.get("/p/nothing").await;
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["retry-after"]),
        (429, &"60".parse().unwrap())
    );
    assert_eq!(
        refused.json::<serde_json::Value>().await.unwrap()["error"]["code"],
        "RATE_LIMITED"
    );
    assert_eq!(app.get("/health/live").await.status(), 200);

    for _ in 0..60 {
        assert_eq!(app.get("/media/nothing/card").await.status(), 404);
    }
    assert_eq!(
        app.get("/media/nothing/card").await.status(),
        429,
        "all who share an address have twenty shares"
    );
    app.clock.advance(MINUTE);
    assert_eq!(app.get("/p/nothing").await.status(), 404);
}
