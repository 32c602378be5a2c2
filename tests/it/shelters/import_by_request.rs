//! A file that is the body of one request, and an import asked for as plain JSON.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use super::{dogs, imported, key, outcome, register, shelter, text};
use crate::support::{Actor, TestApp};

async fn haven() -> (TestApp, Actor, String, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    let key = key(&app, &ann, &shelter, &["imports:write"]).await;
    (app, ann, shelter, key)
}

/// A request that sends a file, with a query string.
fn sending(app: &TestApp, shelter: &str, query: &str, file: &str) -> RequestBuilder {
    let path = format!("/shelters/{shelter}/imports{query}");
    app.request(Method::POST, &path).body(file.to_owned())
}

async fn answered(response: Response) -> (u16, Value) {
    (response.status().as_u16(), response.json().await.unwrap())
}

/// What somebody with that token is told at that path.
async fn asked(app: &TestApp, token: &str, path: &str) -> (u16, Value) {
    let request = app.request(Method::GET, path).bearer_auth(token);
    answered(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_file_is_imported_by_one_request_and_followed_as_json() {
    let (app, ann, shelter, key) = haven().await;
    let request = sending(&app, &shelter, "", &dogs(1, 3)).bearer_auth(&key);
    let request = request.header("content-type", "application/x-www-form-urlencoded");

    let (status, queued) = answered(request.send().await.unwrap()).await;

    assert_eq!((status, &queued["state"]), (202, &json!("QUEUED")), "{queued}");
    assert_eq!((&queued["mode"], &queued["dryRun"]), (&json!("UPSERT"), &json!(false)));
    app.run_work().await;
    let path = text(&queued["url"]);
    let path = path.strip_prefix(app.url.as_str()).unwrap();
    let (status, done) = asked(&app, &key, path).await;
    assert_eq!((status, outcome(&done)), (200, ("DONE".to_owned(), [3, 0, 0, 0, 0])));
    let by_node = imported(&app, &ann, &text(&queued["id"])).await;
    for name in ["state", "format", "total", "processed", "warned", "ignoredColumns"] {
        assert_eq!(done[name], by_node[name], "{name}");
    }
    let (_, waited) = asked(&app, &key, &format!("{path}?wait=60")).await;
    assert_eq!(waited, done);
}

#[tokio::test]
async fn what_is_wrong_with_rows_is_told_and_a_dry_run_writes_no_animal() {
    let (app, _, shelter, key) = haven().await;
    let file = "Animal ID,Name,Intake Date,Intake Type,Animal Type,Sex,Breed,Color
A1,Biscuit,2026-05-20,Stray,Dog,Neutered Male,Beagle Mix,Tricolor
A2,Pip,2026-05-20,Stray,,Unknown,,Green
";
    let request = sending(&app, &shelter, "?dryRun=true", file).bearer_auth(&key);

    let (_, queued) = answered(request.send().await.unwrap()).await;
    app.run_work().await;

    let path = format!("/shelters/{shelter}/imports/{}", text(&queued["id"]));
    let (_, tried) = asked(&app, &key, &path).await;
    assert_eq!(outcome(&tried), ("DONE".to_owned(), [1, 0, 0, 1, 0]));
    assert_eq!(
        (&tried["errors"][0]["row"], &tried["dryRun"]),
        (&json!(3), &json!(true))
    );
    let list = text(&tried["errorsUrl"]);
    let list = app.get(list.strip_prefix(app.url.as_str()).unwrap()).await;
    assert_eq!(list.status(), 200);
    assert_eq!(app.count("shelter_animals").await, 0);
}

#[tokio::test]
async fn who_waits_is_answered_when_it_is_over() {
    let app = TestApp::with_workers().await;
    app.leave_work();
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    let request = sending(&app, &shelter, "?wait=60", &dogs(1, 3)).bearer_auth(&ann.token);

    let (status, done) = answered(request.send().await.unwrap()).await;

    assert_eq!((status, outcome(&done)), (200, ("DONE".to_owned(), [3, 0, 0, 0, 0])));
}

#[tokio::test]
async fn the_same_key_with_the_same_file_is_the_first_import_and_keeps_one_file() {
    let (app, _, shelter, key) = haven().await;
    let send = async |query: &str, file: &str| {
        let request = sending(&app, &shelter, query, file).bearer_auth(&key);
        let request = request.header("idempotency-key", "tonight");
        answered(request.send().await.unwrap()).await
    };
    let (first, repeated) = (send("", &dogs(1, 3)).await, send("", &dogs(1, 3)).await);
    assert_eq!(first, repeated);

    for (query, file) in [("", dogs(1, 4)), ("?mode=snapshot", dogs(1, 3))] {
        let (status, refused) = send(query, &file).await;
        assert_eq!(status, 409, "{refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!(["Idempotency-Key"]));
        assert_eq!(refused["userErrors"][0]["code"], "CONFLICT");
    }

    assert_eq!((app.count("imports").await, app.count("uploads").await), (1, 1));
    app.run_work().await;
}

#[tokio::test]
async fn whoever_may_not_import_is_refused_before_the_file_is_there() {
    let (app, ann, shelter, key) = haven().await;
    let bob = app.member("bob").await;
    let others = super::key(&app, &ann, &shelter, &["pets:read"]).await;
    for (token, status, code) in [
        (None, 401, "UNAUTHENTICATED"),
        (Some("sk_live_nothing"), 401, "UNAUTHENTICATED"),
        (Some(&*bob.token), 403, "FORBIDDEN"),
        (Some(&*others), 403, "FORBIDDEN"),
    ] {
        let request = sending(&app, &shelter, "", &dogs(1, 3));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request.header("cookie", format!("authorization={key}")),
        };
        let (answer, refused) = answered(request.send().await.unwrap()).await;
        assert_eq!((answer, &refused["error"]["code"]), (status, &json!(code)), "{token:?}");
    }
    assert_eq!((app.count("imports").await, app.count("uploads").await), (0, 0));
    app.run_work().await;
}

#[tokio::test]
async fn a_request_that_says_something_wrong_is_told_what() {
    let (app, _, shelter, key) = haven().await;
    for (query, status, field, code) in [
        ("?dryrun=true", 400, "dryrun", "INVALID"),
        ("?dryRun=1", 400, "dryRun", "INVALID"),
        ("?mode=replace", 400, "mode", "INVALID"),
        ("?wait=61", 400, "wait", "INVALID"),
        ("?confirmRemovals=3", 403, "confirmRemovals", "NOT_ALLOWED"),
        (
            "?mode=snapshot&confirmRemovals=-1",
            400,
            "confirmRemovals",
            "OUT_OF_RANGE",
        ),
    ] {
        let request = sending(&app, &shelter, query, &dogs(1, 3)).bearer_auth(&key);
        let (answer, refused) = answered(request.send().await.unwrap()).await;
        assert_eq!(
            (answer, &refused["userErrors"][0]["code"]),
            (status, &json!(code)),
            "{query}"
        );
        assert_eq!(refused["userErrors"].as_array().unwrap().len(), 1, "{query}");
        assert_eq!(refused["userErrors"][0]["field"], json!([field]), "{query}");
    }
    for (name, value) in [
        ("content-encoding", "gzip"),
        ("content-type", "multipart/form-data; boundary=x"),
    ] {
        let request = sending(&app, &shelter, "", &dogs(1, 3)).bearer_auth(&key);
        let response = request.header(name, value).send().await.unwrap();
        assert_eq!(response.status(), 415, "{name}");
    }
    for (shelter, file, status, field) in [
        (&*shelter, "", 400, "file"),
        ("she_00000000000000000000000000", "x", 404, "shelterId"),
        ("nothing", "x", 404, "shelterId"),
    ] {
        let request = sending(&app, shelter, "", file).bearer_auth(&key);
        let (answer, refused) = answered(request.send().await.unwrap()).await;
        assert_eq!(answer, status, "{shelter}: {refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!([field]), "{shelter}");
    }
    assert_eq!((app.count("imports").await, app.count("uploads").await), (0, 0));
    app.run_work().await;
}

#[tokio::test]
async fn a_shelter_that_is_not_verified_may_only_try() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let send = async |query: &str| {
        let request = sending(&app, &shelter, query, &dogs(1, 3)).bearer_auth(&ann.token);
        answered(request.send().await.unwrap()).await
    };

    let (refused, tried) = (send("").await, send("?dryRun=true").await);

    assert_eq!(
        (refused.0, &refused.1["userErrors"][0]["code"]),
        (403, &json!("NOT_ALLOWED"))
    );
    assert_eq!(tried.0, 202);
    app.run_work().await;
}

#[tokio::test]
async fn an_import_is_found_at_its_own_shelter_by_those_who_may_see_it() {
    let (app, ann, shelter, key) = haven().await;
    let bob = app.member("bob").await;
    let other = register(&app, &bob).await;
    let request = sending(&app, &shelter, "", &dogs(1, 3)).bearer_auth(&key);
    let (_, queued) = answered(request.send().await.unwrap()).await;
    let id = text(&queued["id"]);

    for (token, shelter, status) in [
        (&*key, &*shelter, 202),
        (&*ann.token, &*shelter, 202),
        (&*bob.token, &*shelter, 404),
        (&*bob.token, &*other, 404),
        (&*ann.token, &*other, 404),
    ] {
        let (answer, _) = asked(&app, token, &format!("/shelters/{shelter}/imports/{id}")).await;
        assert_eq!(answer, status, "{shelter}");
    }
    assert_eq!(
        app.get(&format!("/shelters/{shelter}/imports/{id}")).await.status(),
        401
    );
    app.run_work().await;
}
