//! Automatic persisted queries: a hash in the place of a document that the server has seen before.

use finding_sweetie::ports::{
    persisted_documents::{PersistedDocuments, RedisDocuments},
    redis::{Redis, RedisAddress},
};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Answer, OwnRedis, TestApp, answer, codes};

const QUERY: &str = "query Q { __typename }";

pub fn hash(document: &str) -> String {
    Sha256::digest(document)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn extension(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

async fn post(app: &TestApp, body: Value) -> Answer {
    answer(app.request(Method::POST, "/graphql").json(&body)).await
}

async fn get(app: &TestApp, parameters: &[(&str, &str)]) -> Answer {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    answer(app.request(Method::GET, &format!("/graphql?{query}"))).await
}

async fn by_hash(app: &TestApp, document: &str) -> Answer {
    post(app, json!({ "extensions": extension(&hash(document)) })).await
}

async fn with_hash(app: &TestApp, document: &str) -> Answer {
    post(
        app,
        json!({ "query": document, "extensions": extension(&hash(document)) }),
    )
    .await
}

fn assert_not_found(answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(codes(answer), ["PERSISTED_QUERY_NOT_FOUND"]);
    assert_eq!(answer.body["errors"][0]["message"], "PersistedQueryNotFound");
    assert!(answer.body.get("data").is_none());
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_hash_is_asked_for_its_document_once_and_is_enough_from_then_on() {
    let app = TestApp::new().await;

    assert_not_found(&by_hash(&app, QUERY).await);
    assert_eq!(with_hash(&app, QUERY).await.data()["__typename"], "Query");

    assert_eq!(by_hash(&app, QUERY).await.data()["__typename"], "Query");
    let upper = json!({ "query": "", "extensions": extension(&hash(QUERY).to_uppercase()) });
    assert_eq!(post(&app, upper).await.data()["__typename"], "Query");
}

#[tokio::test]
async fn a_hash_by_get_is_answered_like_one_by_post_and_never_stored() {
    let app = TestApp::new().await;
    let extension = extension(&hash(QUERY)).to_string();
    let named = [("operationName", "Q"), ("variables", "{}"), ("extensions", &extension)];

    assert_not_found(&get(&app, &named).await);
    let whole = [("query", QUERY), ("extensions", extension.as_str())];
    assert_eq!(get(&app, &whole).await.data()["__typename"], "Query");

    let answered = get(&app, &named).await;
    assert_eq!(answered.data()["__typename"], "Query");
    assert_eq!(answered.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_hash_that_is_not_found_is_answered_with_200_in_the_newer_media_type_too() {
    let app = TestApp::new().await;
    let request = app
        .request(Method::POST, "/graphql")
        .header("accept", "application/graphql-response+json, application/json");
    let missing = answer(request.json(&json!({ "extensions": extension(&hash(QUERY)) }))).await;
    assert_not_found(&missing);
}

#[tokio::test]
async fn a_mutation_runs_by_its_hash_over_post_and_never_over_get() {
    let app = TestApp::new().await;
    let document = "mutation { logOut(input: {}) { userErrors { code } } }";
    assert_eq!(with_hash(&app, document).await.status, 200);
    assert_eq!(codes(&by_hash(&app, document).await), ["UNAUTHENTICATED"]);

    let refused = get(&app, &[("extensions", &extension(&hash(document)).to_string())]).await;

    assert_eq!(
        (refused.status, codes(&refused)),
        (405, vec!["BAD_USER_INPUT".to_owned()])
    );
}

#[tokio::test]
async fn a_document_that_is_not_the_one_of_the_hash_is_refused_and_not_kept() {
    let app = TestApp::new().await;
    for (document, hash) in [
        ("{ __typename }", hash(QUERY)),
        (QUERY, format!("{}0", &hash(QUERY)[..63])),
        (QUERY, "c0fb".to_owned()),
    ] {
        let refused = post(&app, json!({ "query": document, "extensions": extension(&hash) })).await;
        assert_eq!(
            (refused.status, codes(&refused)),
            (400, vec!["BAD_USER_INPUT".to_owned()])
        );
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("SHA-256"), "{message}");
    }
    assert_not_found(&by_hash(&app, QUERY).await);
    assert_not_found(&by_hash(&app, "{ __typename }").await);
}

#[tokio::test]
async fn a_document_that_the_guard_refuses_is_not_kept() {
    let app = TestApp::new().await;
    for document in ["{ nothing }", "{", "{ nodes(ids: {}) { id } }"] {
        assert!(!codes(&with_hash(&app, document).await).is_empty(), "{document}");
        assert_not_found(&by_hash(&app, document).await);
    }
}

#[tokio::test]
async fn an_extension_of_another_form_is_refused_with_the_form() {
    let app = TestApp::new().await;
    for extension in [
        json!({ "version": 2, "sha256Hash": hash(QUERY) }),
        json!({ "version": 1 }),
        json!(true),
    ] {
        let body = json!({ "query": QUERY, "extensions": { "persistedQuery": extension } });
        let refused = post(&app, body).await;
        assert_eq!(
            (refused.status, codes(&refused)),
            (400, vec!["BAD_USER_INPUT".to_owned()])
        );
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("sha256Hash"), "{message}");
    }
}

#[tokio::test]
async fn on_a_socket_a_hash_that_is_not_found_is_an_error_of_its_operation_alone() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let mut socket = app.socket(&ann).await;
    let document = "subscription S { notifications { number } }";
    let subscribe = |id: &str, payload: Value| json!({ "id": id, "type": "subscribe", "payload": payload });

    socket.say(subscribe("1", json!({ "extensions": extension(&hash(document)) })));
    let refused = socket.hear().await;
    assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("1")));
    assert_eq!(refused["payload"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");

    let whole = json!({ "query": document, "extensions": extension(&hash(document)) });
    socket.say(subscribe("1", whole));
    socket.say(subscribe("2", json!({ "extensions": extension(&hash(document)) })));
    socket.settle().await;
    assert!(socket.is_open(), "both run");
}

#[tokio::test]
async fn a_document_that_one_node_was_sent_is_known_to_the_others() {
    let (one, other) = TestApp::twins(|_| {}).await;
    assert_not_found(&by_hash(&other, QUERY).await);

    with_hash(&one, QUERY).await;

    assert_eq!(by_hash(&other, QUERY).await.data()["__typename"], "Query");
    let long = format!("{QUERY} # {}", "x".repeat(17 * 1024));
    with_hash(&one, &long).await;
    assert_eq!(by_hash(&one, &long).await.data()["__typename"], "Query");
    assert_not_found(&by_hash(&other, &long).await);
}

#[tokio::test]
async fn a_redis_that_breaks_or_tells_something_else_fails_nothing() {
    let mut redis = OwnRedis::start().await;
    let open = || {
        let address = RedisAddress::Server(redis.url().into());
        RedisDocuments::new(&Redis::open(&address).unwrap(), "document:")
    };
    let (one, other, third) = (open(), open(), open());
    let digest = Sha256::digest(QUERY).into();
    one.keep(&digest, QUERY).await;
    assert_eq!(other.find(&digest).await.as_deref(), Some(QUERY));

    let key = redis.command(&["KEYS", "document:*"]);
    let expiry: u64 = redis.command(&["TTL", key.trim()]).trim().parse().unwrap();
    assert!((600_000..=604_800).contains(&expiry), "a week: {expiry}");
    redis.command(&["SET", key.trim(), "{ __typename }"]);
    assert_eq!(third.find(&digest).await, None, "another document has the place");

    redis.stop();
    assert_eq!(third.find(&digest).await, None);
    third.keep(&digest, QUERY).await;
    for node in [one, other, third] {
        assert_eq!(node.find(&digest).await.as_deref(), Some(QUERY), "of its own memory");
    }
}

#[tokio::test]
async fn more_documents_than_a_node_keeps_push_out_those_that_nobody_asks_for() {
    let app = TestApp::new().await;
    let documents = &app.deps.persisted_documents;
    let filler = "x".repeat(60 * 1024);
    with_hash(&app, QUERY).await;
    for number in 0..200 {
        let document = format!("{number}{filler}");
        documents.keep(&Sha256::digest(&document).into(), &document).await;
        assert_eq!(by_hash(&app, QUERY).await.status, 200, "{number}");
    }

    assert_eq!(
        by_hash(&app, QUERY).await.data()["__typename"],
        "Query",
        "it was asked for"
    );
    let first = Sha256::digest(format!("0{filler}")).into();
    assert!(documents.find(&first).await.is_none(), "12 MB are too much");
}
