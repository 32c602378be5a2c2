//! Files on the web.

use serde_json::{Value, json};

use super::{
    super::Stage,
    connected, faults, refused,
    stubs::{Answer, File, Stub},
};
use crate::shelters::dogs;

async fn file(authorization: &'static str) -> Stub<File> {
    let text = dogs(1, 3);
    Stub::start(File { authorization, text }).await
}

fn settings(stub: &Stub<File>, account: Option<&str>, secret: &str) -> Value {
    let address = format!("{}/pets.csv", stub.address);
    json!({ "kind": "CSV_HTTPS", "address": address, "account": account, "secret": secret })
}

#[tokio::test]
async fn a_file_is_fetched_with_a_password_or_a_key() {
    for (authorization, account, secret) in [
        ("Basic YW5uOnBldHM=", Some("ann"), "pets"),
        ("Bearer file-key-1", None, "file-key-1"),
    ] {
        let (stage, stub) = (Stage::set().await, file(authorization).await);
        let id = connected(&stage, settings(&stub, account, secret)).await;
        let seen = stage.seen(&id).await;
        assert_eq!(
            (&seen["lastError"], &seen["lastImport"]["created"]),
            (&Value::Null, &json!(3)),
            "{seen}"
        );
        assert_eq!(stub.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_redirect_is_followed_without_the_password() {
    let (stage, stub, storage) = (Stage::set().await, file("Basic YW5uOnBldHM=").await, file("").await);
    stub.answers_after(
        0,
        Answer::status(302, "").with("location", &format!("{}/pets.csv", storage.address)),
    );

    let id = connected(&stage, settings(&stub, Some("ann"), "pets")).await;

    assert_eq!(stage.seen(&id).await["lastImport"]["created"], 3);
    assert_eq!(storage.asked()[0].header("authorization"), "");
}

#[tokio::test]
async fn a_redirect_within_a_host_keeps_the_password() {
    let (stage, stub) = (Stage::set().await, file("Bearer file-key-1").await);
    stub.answers_after(0, Answer::status(302, "").with("location", "/pets.csv"));

    let id = connected(&stage, settings(&stub, None, "file-key-1")).await;

    assert_eq!(stage.seen(&id).await["lastImport"]["created"], 3);
}

#[tokio::test]
async fn what_is_not_there_or_not_given_is_told() {
    for (status, words) in [(404, "nothing at this address"), (403, "does not accept the key")] {
        let (stage, stub) = (Stage::set().await, file("Bearer file-key-1").await);
        stub.answers_after(0, Answer::status(status, ""));
        let error = refused(&stage, settings(&stub, None, "file-key-1")).await;
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn nothing_is_sent_where_others_could_read_it() {
    let stage = Stage::set().await;
    for address in [
        "http://files.example.org/pets.csv",
        "https://ann:pets@files.example.org/pets.csv",
        "https://192.168.0.1/",
    ] {
        let wrong = json!({ "kind": "CSV_HTTPS", "address": address, "secret": "file-key-1" });
        assert_eq!(faults(&stage, wrong).await.len(), 1, "{address}");
    }
}
