//! `/graphql` over HTTP.

use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Answer, Setup, TestApp, Visitor, answer, codes};

async fn run(app: &TestApp, query: &str) -> Answer {
    app.run(&Visitor, query, json!({})).await
}

async fn post(app: &TestApp, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
    answer(
        app.request(Method::POST, "/graphql")
            .header("content-type", content_type)
            .body(body),
    )
    .await
}

#[tokio::test]
async fn documents_that_ask_for_too_much_are_refused_with_the_limit() {
    let app = TestApp::new().await;
    let nested =
        (0..61).fold("{ __typename".to_owned(), |text, _| format!("{text} ... {{ __typename")) + &"}".repeat(62);
    let aliases: String = (0..61).map(|number| format!("a{number}: __typename ")).collect();
    let bomb: String = (0..20)
        .map(|n| format!("fragment f{n} on Query {{ ...f{0} ...f{0} }} ", n + 1))
        .collect();
    let bomb = format!("{{ ...f0 }} {bomb} fragment f20 on Query {{ viewer {{ email }} }}");
    let circle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    let long = format!("{{ __typename }} # {}", "x".repeat(70_000));
    let directives = format!("{{ __typename {} }}", "@skip(if: false) ".repeat(60));
    let ids = r#""x", "#.repeat(5_000);
    let table = [
        (nested.as_str(), "QUERY_TOO_DEEP"),
        (&format!("{{ {aliases} }}"), "TOO_MANY_ALIASES"),
        (&bomb, "QUERY_TOO_COMPLEX"),
        (circle, "GRAPHQL_VALIDATION_FAILED"),
        (&long, "DOCUMENT_TOO_LARGE"),
        (&directives, "TOO_MANY_DIRECTIVES"),
        (&format!("{{ nodes(ids: [{ids}]) {{ id }} }}"), "DOCUMENT_TOO_LARGE"),
        ("{ viewer ", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ viewer { email passwordHash } }", "GRAPHQL_VALIDATION_FAILED"),
    ];
    for (query, expected) in table {
        let refused = run(&app, query).await;
        let short: String = query.chars().take(60).collect();
        assert_eq!(
            (refused.status, codes(&refused)),
            (200, vec![expected.to_owned()]),
            "{short}: {}",
            refused.body
        );
        assert!(refused.body.get("data").is_none(), "{short}");
    }
}

#[tokio::test]
async fn more_than_100_ids_at_once_are_refused() {
    let app = TestApp::new().await;
    let ids: Vec<String> = (0..101).map(|number| format!("mem_{number}")).collect();
    let refused = app
        .run(
            &Visitor,
            "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            json!({ "ids": ids }),
        )
        .await;
    assert_eq!(codes(&refused), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn only_json_in_utf_8_is_read() {
    let app = TestApp::new().await;
    let body = r#"{"query":"{ __typename }"}"#;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin1",
    ] {
        let refused = post(&app, content_type, body).await;
        assert_eq!(
            (refused.status, codes(&refused)),
            (415, vec!["BAD_USER_INPUT".to_owned()]),
            "{content_type}"
        );
    }
    assert_eq!(post(&app, "application/json; charset=utf-8", body).await.status, 200);
}

#[tokio::test]
async fn bodies_that_are_no_request_are_refused() {
    let app = TestApp::new().await;
    let table = [
        "",
        "{",
        "null",
        "[]",
        r#"[{"query":"{ __typename }"}]"#,
        "{}",
        r#"{"query":7}"#,
        r#"{"query":"{ __typename }","variables":7}"#,
    ];
    for body in table {
        let refused = post(&app, "application/json", body).await;
        assert_eq!(
            (refused.status, codes(&refused)),
            (400, vec!["BAD_USER_INPUT".to_owned()]),
            "{body}"
        );
    }
    let not_text = post(&app, "application/json", b"{\"query\":\"\xff\xfe\"}".to_vec()).await;
    assert_eq!(not_text.status, 400);
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_refused_even_when_its_length_is_not_announced() {
    let app = TestApp::new().await;
    let host = app.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head =
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for _ in 0..17 {
        stream.write_all(chunk.as_bytes()).await.unwrap();
    }
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn reading_works_over_get_and_changing_does_not() {
    let app = TestApp::new().await;
    let get = |query: &str| {
        let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        app.request(Method::GET, &format!("/graphql?query={query}"))
    };
    let read = answer(get("{ viewer { email } }")).await;
    assert_eq!((read.status, &read.body), (200, &json!({ "data": { "viewer": null } })));

    let refused = answer(get("mutation { logOut(input: {}) { userErrors { code } } }")).await;
    assert_eq!(
        (refused.status, refused.headers["allow"].to_str().unwrap()),
        (405, "POST")
    );

    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let refused = answer(app.request(method.clone(), "/graphql")).await;
        assert_eq!(refused.status, 405, "{method}");
    }
}

#[tokio::test]
async fn the_newer_media_type_is_answered_with_its_own_status() {
    let app = TestApp::new().await;
    let ask = |accept: &str, query: &str| {
        let request = app.request(Method::POST, "/graphql").header("accept", accept);
        answer(request.json(&json!({ "query": query })))
    };
    let newer = ask("application/graphql-response+json", "{ nothing }").await;
    assert_eq!(newer.status, 400);
    assert!(
        newer.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/graphql-response+json")
    );
    assert_eq!(ask("application/json", "{ nothing }").await.status, 200);
    assert_eq!(ask("text/html", "{ __typename }").await.status, 406);
}

#[tokio::test]
async fn a_subscription_over_http_is_refused_with_a_hint() {
    let app = TestApp::new().await;
    let refused = run(&app, "subscription { matchAlerts { number } }").await;
    assert_eq!(
        (refused.status, codes(&refused)),
        (400, vec!["BAD_USER_INPUT".to_owned()])
    );
    assert!(
        refused.body["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("graphql-transport-ws")
    );
}

#[tokio::test]
async fn every_answer_carries_an_id_that_a_client_may_choose() {
    let app = TestApp::new().await;
    let request = app.request(Method::POST, "/graphql").header("x-request-id", "trace-7");
    let chosen = answer(request.json(&json!({ "query": "{ __typename }" }))).await;
    assert_eq!(chosen.headers["x-request-id"], "trace-7");
    let own = run(&app, "{ __typename }").await;
    assert!(!own.headers["x-request-id"].is_empty());
    assert_eq!(
        (&own.headers["cache-control"], &own.headers["x-content-type-options"]),
        (&"no-store".parse().unwrap(), &"nosniff".parse().unwrap())
    );
}

#[tokio::test]
async fn the_price_of_a_request_is_told_when_asked() {
    let app = TestApp::new().await;
    let request = app
        .request(Method::POST, "/graphql")
        .header("x-graphql-cost", "include");
    let told = answer(request.json(&json!({ "query": "{ viewer { email } }" }))).await;
    assert!(0 < told.body["extensions"]["cost"]["requestedQueryCost"].as_u64().unwrap());
    assert_eq!(run(&app, "{ viewer { email } }").await.body["extensions"], Value::Null);
}

#[tokio::test]
async fn one_address_may_ask_only_so_often_a_minute() {
    let app = TestApp::start(Setup {
        adjust: |config| config.rate_limit = 3,
        ..Setup::default()
    })
    .await;
    for _ in 0..3 {
        assert_eq!(run(&app, "{ __typename }").await.status, 200);
    }
    let refused = run(&app, "{ __typename }").await;
    assert_eq!(
        (refused.status, codes(&refused)),
        (429, vec!["RATE_LIMITED".to_owned()])
    );
    assert_eq!(refused.headers["retry-after"], "60");

    app.clock.advance(std::time::Duration::from_secs(60));
    assert_eq!(run(&app, "{ __typename }").await.status, 200);
}

async fn preflight(app: &TestApp, origin: &str) -> HeaderMap {
    preflight_with(app, origin, "authorization,content-type").await
}

async fn preflight_with(app: &TestApp, origin: &str, headers: &str) -> HeaderMap {
    let request = app.request(Method::OPTIONS, "/graphql").header("origin", origin);
    let request = request.header("access-control-request-method", "POST");
    let request = request.header("access-control-request-headers", headers);
    request.send().await.unwrap().headers().clone()
}

#[tokio::test]
async fn pages_of_other_origins_may_call_only_if_they_are_listed() {
    let app = TestApp::new().await;
    let listed = preflight(&app, "https://app.example.org").await;
    assert_eq!(listed["access-control-allow-origin"], "https://app.example.org");
    assert!(
        listed["access-control-allow-headers"]
            .to_str()
            .unwrap()
            .contains("authorization")
    );
    assert!(listed.get("access-control-allow-credentials").is_none());
    for foreign in [
        "https://evil.example.net",
        "https://app.example.org.evil.net",
        "null",
        "http://app.example.org",
    ] {
        assert!(
            preflight(&app, foreign)
                .await
                .get("access-control-allow-origin")
                .is_none(),
            "{foreign}"
        );
    }
}

#[tokio::test]
async fn a_listed_page_may_send_the_headers_that_its_client_adds() {
    let app = TestApp::new().await;
    for headers in [
        "apollographql-client-name,apollographql-client-version,content-type",
        "apollo-require-preflight,authorization,content-type,x-apollo-operation-name,x-request-id",
        "baggage,content-type,sentry-trace,traceparent,tracestate",
        "content-type,x-graphql-cost,x-relay-operation",
    ] {
        let listed = preflight_with(&app, "https://app.example.org", headers).await;
        assert_eq!(listed["access-control-allow-headers"], headers);
        assert_eq!(listed["access-control-max-age"], "7200");
        let foreign = preflight_with(&app, "https://evil.example.net", headers).await;
        assert!(foreign.get("access-control-allow-origin").is_none(), "{headers}");
    }
}

#[tokio::test]
async fn introspection_is_open_and_describes_everything() {
    let app = TestApp::new().await;
    let data = app
        .ok(
            &Visitor,
            "{ __schema { types { name description fields { name description } } } }",
            json!({}),
        )
        .await;
    let types = data["__schema"]["types"].as_array().unwrap();
    let own = types
        .iter()
        .filter(|kind| !["ID", "String", "Int", "Float", "Boolean"].contains(&kind["name"].as_str().unwrap()));
    let own = own.filter(|kind| !kind["name"].as_str().unwrap().starts_with("__"));
    let silent: Vec<&Value> = own
        .filter(|kind| kind["description"].as_str().is_none_or(str::is_empty))
        .map(|kind| &kind["name"])
        .collect();
    assert_eq!(silent, Vec::<&Value>::new());
}

#[tokio::test]
async fn an_argument_whose_variable_is_left_out_takes_its_default() {
    let app = TestApp::new().await;
    let query = "query($sort: PetSort, $first: Int) { pets(sort: $sort, first: $first) { totalCount } }";
    assert_eq!(app.ok(&Visitor, query, json!({})).await["pets"]["totalCount"], 0);
    assert_eq!(
        app.ok(&Visitor, query, json!({ "sort": "NEWEST", "first": null }))
            .await["pets"]["totalCount"],
        0
    );
    assert_eq!(
        codes(&app.run(&Visitor, query, json!({ "sort": null })).await),
        ["BAD_USER_INPUT"]
    );
    let twice = "query($width: Int) { breeds(species: DOG, first: $width) pets(first: $width) { totalCount } }";
    assert_eq!(
        app.ok(&Visitor, twice, json!({})).await["breeds"]
            .as_array()
            .map(Vec::len),
        Some(20)
    );
}
