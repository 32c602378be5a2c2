//! Documents that the operator gives, and servers that take no others.

use finding_sweetie::config::Config;
use reqwest::Method;
use serde_json::{Value, json};

use super::persisted_queries::hash;
use crate::support::{Answer, Setup, TestApp, Visitor, answer, codes};

const QUERY: &str = "query Q($n: Int) { pets(first: $n) { totalCount } }";

/// Writes a list into the data folder.
fn trust(config: &mut Config) {
    let path = config.data_dir.join("trusted.json");
    let documents = json!({
        "q1": QUERY,
        hash(QUERY): QUERY,
        "log-out": "mutation { logOut(input: {}) { userErrors { code } } }",
    });
    std::fs::write(&path, documents.to_string()).unwrap();
    config.trusted_documents = Some(path);
}

async fn started(adjust: fn(&mut Config)) -> TestApp {
    TestApp::start(Setup {
        adjust,
        ..Setup::default()
    })
    .await
}

async fn with_list() -> TestApp {
    started(trust).await
}

async fn with_list_only() -> TestApp {
    started(|config| {
        trust(config);
        config.only_trusted_documents = true;
    })
    .await
}

async fn post(app: &TestApp, body: Value) -> Answer {
    answer(app.request(Method::POST, "/graphql").json(&body)).await
}

/// Names as Apollo, Relay and the appendix of GraphQL over HTTP write them.
fn names() -> [Value; 6] {
    let extension = |id: &str| json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": id } } });
    [
        json!({ "documentId": "q1" }),
        json!({ "documentId": format!("sha256:{}", hash(QUERY)) }),
        json!({ "doc_id": "q1", "query": null }),
        json!({ "id": "q1", "operationName": "Q" }),
        extension("q1"),
        extension(&hash(QUERY)),
    ]
}

fn assert_refused(answer: &Answer, code: &str) {
    assert_eq!(
        (answer.status, codes(answer)),
        (400, vec![code.to_owned()]),
        "{}",
        answer.body
    );
    assert!(answer.body.get("data").is_none());
}

#[tokio::test]
async fn a_trusted_document_runs_by_its_id_however_the_client_writes_it() {
    for app in [with_list().await, with_list_only().await] {
        for mut body in names() {
            body["variables"] = json!({ "n": 1 });
            let answered = post(&app, body.clone()).await;
            assert_eq!(answered.data()["pets"]["totalCount"], 0, "{body}: {}", answered.body);
        }
        let got = answer(app.request(Method::GET, "/graphql?documentId=q1")).await;
        assert_eq!(got.data()["pets"]["totalCount"], 0);
        let changed = answer(app.request(Method::GET, "/graphql?documentId=log-out")).await;
        assert_eq!(changed.status, 405);
    }
}

#[tokio::test]
async fn an_id_that_is_not_on_the_list_is_refused() {
    let (open, closed) = (with_list().await, with_list_only().await);
    for app in [&open, &closed] {
        for body in [json!({ "documentId": "q2" }), json!({ "id": "" , "doc_id": "Q1" })] {
            assert_refused(&post(app, body).await, "PERSISTED_QUERY_NOT_IN_LIST");
        }
    }
    let bare = TestApp::new().await;
    let refused = post(&bare, json!({ "documentId": "q1" })).await;
    assert_refused(&refused, "PERSISTED_QUERY_NOT_IN_LIST");
    let message = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("no trusted documents") && message.contains("\"query\""),
        "{message}"
    );
}

#[tokio::test]
async fn with_a_list_other_documents_run_and_are_registered_as_ever() {
    let app = with_list().await;
    let document = "{ __typename }";
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(document) } });
    for body in [
        json!({ "query": document }),
        json!({ "query": document, "id": "q1" }),
        json!({ "query": document, "extensions": extensions }),
        json!({ "extensions": extensions }),
    ] {
        assert_eq!(post(&app, body.clone()).await.data()["__typename"], "Query", "{body}");
    }
}

#[tokio::test]
async fn a_server_of_trusted_documents_only_takes_nothing_else() {
    let app = with_list_only().await;
    let other = "{ __schema { types { name } } }";
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(other) } });
    let by_hash = json!({ "extensions": extensions });
    for (body, code) in [
        (json!({ "query": other }), "PERSISTED_QUERY_ID_REQUIRED"),
        (json!({ "query": QUERY }), "PERSISTED_QUERY_ID_REQUIRED"),
        (by_hash.clone(), "PERSISTED_QUERY_NOT_IN_LIST"),
        (
            json!({ "query": other, "extensions": extensions }),
            "PERSISTED_QUERY_NOT_IN_LIST",
        ),
        (by_hash, "PERSISTED_QUERY_NOT_IN_LIST"),
        (json!({ "query": other, "documentId": "q1" }), "BAD_USER_INPUT"),
    ] {
        assert_refused(&post(&app, body).await, code);
    }
    let got = answer(app.request(Method::GET, "/graphql?query=%7B__typename%7D")).await;
    assert_refused(&got, "PERSISTED_QUERY_ID_REQUIRED");
    assert_eq!(
        post(&app, json!({ "query": QUERY, "documentId": "q1" })).await.status,
        200
    );
}

#[tokio::test]
async fn on_a_socket_the_same_holds() {
    let app = with_list_only().await;
    let mut socket = app.socket(&Visitor).await;
    let subscribe = |id: &str, payload: Value| json!({ "id": id, "type": "subscribe", "payload": payload });

    socket.say(subscribe("1", json!({ "query": "{ __typename }" })));
    let refused = socket.hear().await;
    assert_eq!(
        refused["payload"][0]["extensions"]["code"],
        "PERSISTED_QUERY_ID_REQUIRED"
    );
    socket.say(subscribe("2", json!({ "documentId": "q1" })));
    assert_eq!(socket.hear().await["payload"]["data"]["pets"]["totalCount"], 0);
}
