use serde_json::{Value, json};

use super::upload_client::CREATE_UPLOAD;
use crate::support::*;

fn input(purpose: &str, content_type: &str, byte_size: i64) -> Value {
    json!({ "input": { "purpose": purpose, "contentType": content_type, "byteSize": byte_size } })
}

#[tokio::test]
async fn an_announced_file_has_an_address_for_an_hour() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;

    let data = app.ok(&ann, CREATE_UPLOAD, input("PET_PHOTO", "image/webp", 9)).await;

    let upload = &data["createUpload"]["upload"];
    assert_eq!(upload["method"], "PUT");
    assert_eq!(
        upload["headers"],
        json!([{ "name": "Content-Type", "value": "image/webp" }])
    );
    assert_eq!(upload["expiresAt"], "2026-06-01T13:00:00.000Z");
    assert!(
        upload["url"]
            .as_str()
            .unwrap()
            .starts_with(&format!("{}/uploads/upl_", app.url))
    );
}

#[tokio::test]
async fn a_visitor_announces_nothing() {
    let app = TestApp::new().await;
    let refused = app
        .run(&Visitor, CREATE_UPLOAD, input("PET_PHOTO", "image/png", 9))
        .await;
    assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
    assert_eq!(app.count("uploads").await, 0);
}

#[tokio::test]
async fn a_file_of_the_wrong_type_or_size_is_refused_with_the_limit() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (purpose, content_type, size, fault, limit) in [
        ("PET_PHOTO", "image/gif", 9, "input.contentType INVALID", "image/webp"),
        (
            "PET_PHOTO",
            "image/png",
            10_485_761,
            "input.byteSize OUT_OF_RANGE",
            "10485760",
        ),
        (
            "CHAT_IMAGE",
            "image/png",
            5_242_881,
            "input.byteSize OUT_OF_RANGE",
            "5242880",
        ),
        (
            "IMPORT",
            "text/csv",
            209_715_201,
            "input.byteSize OUT_OF_RANGE",
            "209715200",
        ),
        ("IMPORT", "text/html", 9, "input.contentType INVALID", "text/csv"),
        ("IMPORT", "text/csv", 0, "input.byteSize OUT_OF_RANGE", "at least 1"),
        ("IMPORT", "text/csv", -5, "input.byteSize OUT_OF_RANGE", "at least 1"),
    ] {
        let refused = app.run(&ann, CREATE_UPLOAD, input(purpose, content_type, size)).await;
        assert_eq!(user_errors(&refused), [fault], "{purpose} {content_type} {size}");
        let message = &refused.data()["createUpload"]["userErrors"][0]["message"];
        assert!(message.as_str().unwrap().contains(limit), "{message}");
    }
    assert_eq!(app.count("uploads").await, 0);
}

#[tokio::test]
async fn every_fault_of_the_input_is_named_at_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = json!({ "purpose": "PET_PHOTO", "contentType": "", "byteSize": 0, "filename": "x".repeat(256) });
    let refused = app.run(&ann, CREATE_UPLOAD, json!({ "input": input })).await;
    assert_eq!(
        user_errors(&refused),
        [
            "input.contentType INVALID",
            "input.byteSize OUT_OF_RANGE",
            "input.filename TOO_LONG"
        ]
    );
}

#[tokio::test]
async fn the_201st_upload_of_an_hour_is_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for _ in 0..200 {
        app.announce(&ann, "PET_PHOTO", 9).await;
    }
    let refused = app.run(&ann, CREATE_UPLOAD, input("PET_PHOTO", "image/png", 9)).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("uploads").await, 200);
    app.announce(&bob, "PET_PHOTO", 9).await;
}

#[tokio::test]
async fn only_who_announced_a_file_finds_it() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let upload = app.announce(&ann, "PET_PHOTO", 9).await;
    let node = "query($id: ID!) { node(id: $id) { id ... on Upload { url } } }";
    let variables = json!({ "id": upload.id });

    assert_eq!(app.ok(&ann, node, variables.clone()).await["node"]["url"], upload.url);
    assert_eq!(app.ok(&bob, node, variables.clone()).await["node"], Value::Null);
    assert_eq!(app.ok(&Visitor, node, variables).await["node"], Value::Null);
}
