//! Keys of a shelter.

use serde_json::json;

use super::{CREATE_KEY, IMPORT, dogs, key, register, shelter};
use crate::support::{Bearer, TestApp, codes, user_errors};

const KEYS: &str = "query($id: ID!) { shelter(id: $id) { apiKeys { id name prefix scopes lastUsedAt revokedAt } } }";
const REVOKE: &str =
    "mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } userErrors { field code } } }";

#[tokio::test]
async fn a_key_is_shown_once_and_stored_as_a_hash() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;
    let secret = key(&app, &ann, &id, &["imports:write", "pets:read"]).await;

    let body = secret.strip_prefix("sk_live_").unwrap();
    assert!(body.len() == 64 && body.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let stored: String = app.value("SELECT hash FROM api_keys").await;
    assert!(!stored.contains(body));
    let keys = app.ok(&ann, KEYS, json!({ "id": id })).await["shelter"]["apiKeys"].clone();
    assert_eq!(keys[0]["prefix"], secret[..12]);
    assert_eq!(keys[0]["scopes"], json!(["pets:read", "imports:write"]));
    assert!(!keys.to_string().contains(&secret));
}

#[tokio::test]
async fn a_revoked_key_is_no_key() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;
    let script = Bearer(key(&app, &ann, &id, &["pets:read"]).await);
    let seen = app
        .ok(
            &script,
            "query($id: ID!) { shelter(id: $id) { dashboard { total } } }",
            json!({ "id": id }),
        )
        .await;
    assert_eq!(seen["shelter"]["dashboard"]["total"], 0);

    let keys = app.ok(&ann, KEYS, json!({ "id": id })).await["shelter"]["apiKeys"].clone();
    assert!(keys[0]["lastUsedAt"].is_string());
    for _ in 0..2 {
        let revoked = app.ok(&ann, REVOKE, json!({ "id": keys[0]["id"] })).await;
        assert!(revoked["revokeApiKey"]["apiKey"]["revokedAt"].is_string());
    }
    assert_eq!(
        codes(&app.run(&script, "{ stats { lost } }", json!({})).await),
        ["UNAUTHENTICATED"]
    );
    let forged = Bearer("sk_0123".to_owned());
    assert_eq!(
        codes(&app.run(&forged, "{ stats { lost } }", json!({})).await),
        ["UNAUTHENTICATED"]
    );
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_for_its_own_shelter() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (own, other) = (register(&app, &ann).await, shelter(&app, &bob).await);
    let reader = Bearer(key(&app, &ann, &own, &["pets:read", "pets:write"]).await);
    let importer = Bearer(key(&app, &ann, &own, &["imports:write"]).await);
    let import = |shelter: &str| json!({ "input": { "shelterId": shelter, "data": dogs(1, 1) } });

    assert_eq!(codes(&app.run(&reader, IMPORT, import(&own)).await), ["FORBIDDEN"]);
    assert_eq!(codes(&app.run(&importer, IMPORT, import(&other)).await), ["FORBIDDEN"]);
    let input = json!({ "input": { "shelterId": own, "name": "another", "scopes": ["pets:read"] } });
    assert_eq!(codes(&app.run(&importer, CREATE_KEY, input).await), ["FORBIDDEN"]);
    app.ok(&importer, IMPORT, import(&own)).await;
    app.run_work().await;
    assert_eq!(app.count("pets").await, 1);
}

#[tokio::test]
async fn a_key_sees_its_own_uploads_only_and_nobody_else_sees_them() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let (one, two) = (
        Bearer(key(&app, &ann, &id, &["imports:write"]).await),
        Bearer(key(&app, &ann, &id, &["imports:write"]).await),
    );
    let announce = "mutation($purpose: UploadPurpose!, $type: String!) { createUpload(input: {
        purpose: $purpose, contentType: $type, byteSize: 9, filename: \"secret.csv\" }) { upload { id } userErrors { code } } }";
    let announced = async |who: &Bearer, purpose: &str, kind: &str| {
        let variables = json!({ "purpose": purpose, "type": kind });
        app.ok(who, announce, variables).await["createUpload"]["upload"]["id"].take()
    };
    let session = Bearer(ann.token.clone());
    let photo = announced(&session, "PET_PHOTO", "image/png").await;
    let file = announced(&session, "IMPORT", "text/csv").await;
    let of_key = announced(&one, "IMPORT", "text/csv").await;
    let ids = json!({ "ids": [photo, file, of_key] });
    let seen = async |who: &Bearer| {
        let nodes = app
            .ok(who, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids.clone())
            .await;
        let nodes = nodes["nodes"].as_array().unwrap().clone();
        nodes.iter().map(|node| !node.is_null()).collect::<Vec<_>>()
    };

    assert_eq!(seen(&session).await, [true, true, false]);
    assert_eq!(seen(&one).await, [false, false, true]);
    assert_eq!(seen(&two).await, [false, false, false]);
    let import = json!({ "input": { "shelterId": id, "uploadId": file } });
    assert_eq!(
        user_errors(&app.run(&one, IMPORT, import).await),
        ["input.uploadId NOT_FOUND"]
    );
}

#[tokio::test]
async fn a_shelter_has_at_most_twenty_keys_and_each_has_a_name_and_scopes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;
    for (name, scopes, fault) in [
        ("", json!(["pets:read"]), "input.name REQUIRED"),
        ("script", json!([]), "input.scopes REQUIRED"),
        ("script", json!(["pets:read", "all"]), "input.scopes.1 INVALID"),
    ] {
        let input = json!({ "input": { "shelterId": id, "name": name, "scopes": scopes } });
        assert_eq!(user_errors(&app.run(&ann, CREATE_KEY, input).await), [fault]);
    }
    for _ in 0..20 {
        key(&app, &ann, &id, &["pets:read"]).await;
    }
    let input = json!({ "input": { "shelterId": id, "name": "script", "scopes": ["pets:read"] } });
    assert_eq!(
        user_errors(&app.run(&ann, CREATE_KEY, input).await),
        ["input.shelterId LIMIT_REACHED"]
    );
    assert_eq!(app.count("api_keys").await, 20);
}
