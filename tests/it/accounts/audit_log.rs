//! The audit log: read by admins, changed by nobody.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    shelters::{key, shelter},
    support::{Actor, Bearer, TestApp, Visitor, codes},
};

const LOG: &str = "query($filter: AuditLogFilter, $first: Int, $after: String, $last: Int, $before: String) {
    auditLog(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage endCursor startCursor hasPreviousPage }
        nodes { id actor member { id } apiKey { id } action subject address createdAt } } }";

/// The entries that match.
async fn entries(app: &TestApp, admin: &Actor, filter: Value) -> Vec<Value> {
    let data = app.ok(admin, LOG, json!({ "filter": filter, "first": 100 })).await;
    data["auditLog"]["nodes"].as_array().unwrap().clone()
}

fn actions(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn admins_read_the_audit_log_newest_first_and_by_what_they_look_for() {
    let app = TestApp::new().await;
    let root = app.admin("root").await;
    let ann = app.member("ann").await;
    app.clock.advance(Duration::from_secs(60));
    let elsewhere = app.log_in_again(&ann).await;
    app.ok(
        &elsewhere,
        "mutation { logOut(input: {}) { userErrors { field code message } } }",
        json!({}),
    )
    .await;

    let of_ann = entries(&app, &root, json!({ "actor": ann.id })).await;
    assert_eq!(actions(&of_ann), ["logged_out", "logged_in", "logged_in"]);
    for entry in &of_ann {
        assert_eq!(
            (&entry["member"]["id"], &entry["apiKey"]),
            (&json!(ann.id), &Value::Null)
        );
        assert_eq!(entry["address"], "127.0.0.1");
    }
    assert_eq!(of_ann[0]["subject"], of_ann[1]["subject"]);
    let of_session = entries(&app, &root, json!({ "subject": of_ann[0]["subject"] })).await;
    assert_eq!(actions(&of_session), ["logged_out", "logged_in"]);
    let granted = entries(&app, &root, json!({ "action": "role_granted" })).await;
    assert_eq!(
        (&granted[0]["actor"], &granted[0]["subject"]),
        (&json!("system"), &json!(root.id))
    );
    assert_eq!(
        (&granted[0]["member"], &granted[0]["address"]),
        (&Value::Null, &Value::Null)
    );
    let minute = json!({ "actor": ann.id, "from": "2026-06-01T12:01:00Z" });
    assert_eq!(entries(&app, &root, minute).await.len(), 2);
    let before = json!({ "actor": ann.id, "to": "2026-06-01T12:01:00Z" });
    assert_eq!(actions(&entries(&app, &root, before).await), ["logged_in"]);
    assert_eq!(
        entries(&app, &root, json!({ "actor": "nobody" })).await,
        Vec::<Value>::new()
    );
}

#[tokio::test]
async fn pages_of_the_audit_log_are_stable_while_it_grows() {
    let app = TestApp::new().await;
    let root = app.admin("root").await;
    let ann = app.member("ann").await;
    for _ in 0..5 {
        app.log_in_again(&ann).await;
    }
    let whole = entries(&app, &root, json!({ "actor": ann.id })).await;
    let mut pages = Vec::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({ "filter": { "actor": ann.id }, "first": 2, "after": after });
        let page = app.ok(&root, LOG, variables).await["auditLog"].take();
        pages.extend(page["nodes"].as_array().unwrap().clone());
        app.log_in_again(&ann).await;
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(pages, whole);
    let variables = json!({ "filter": { "actor": ann.id }, "last": 2 });
    let page = app.ok(&root, LOG, variables).await["auditLog"].take();
    assert_eq!(page["nodes"].as_array().unwrap()[..], whole[4..]);
}

#[tokio::test]
async fn what_a_key_did_names_the_key() {
    let app = TestApp::new().await;
    let (root, ann) = (app.admin("root").await, app.member("ann").await);
    let id = shelter(&app, &ann).await;
    let script = Bearer(key(&app, &ann, &id, &["pets:read"]).await);
    app.ok(&script, "{ epoch }", json!({})).await;

    let used = entries(&app, &root, json!({ "action": "api_key_used_from_new_network" })).await;

    assert_eq!(used[0]["actor"], used[0]["apiKey"]["id"]);
    assert_eq!(used[0]["address"], "127.0.0.1");
    let created = entries(&app, &root, json!({ "subject": used[0]["actor"] })).await;
    assert_eq!(actions(&created), ["api_key_used_from_new_network", "api_key_created"]);
}

#[tokio::test]
async fn nobody_but_admins_reads_it() {
    let app = TestApp::new().await;
    let (ann, moderator, root) = (
        app.member("ann").await,
        app.moderator("mo").await,
        app.admin("root").await,
    );
    let id = entries(&app, &root, json!({})).await[0]["id"].clone();
    let node = "query($id: ID!) { node(id: $id) { id ... on AuditEntry { action } } }";

    assert_eq!(codes(&app.run(&Visitor, LOG, json!({})).await), ["UNAUTHENTICATED"]);
    for who in [&ann, &moderator] {
        assert_eq!(codes(&app.run(who, LOG, json!({})).await), ["FORBIDDEN"]);
        assert!(app.ok(who, node, json!({ "id": id })).await["node"].is_null());
    }
    assert!(app.ok(&root, node, json!({ "id": id })).await["node"]["action"].is_string());
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_an_entry() {
    let app = TestApp::new().await;
    app.member("ann").await;
    let before = app.count("audit_entries").await;
    assert_ne!(before, 0);
    let mut attempts = vec![
        "UPDATE audit_entries SET actor = 'visitor'",
        "DELETE FROM audit_entries",
    ];
    if app.deps.db.read().get_database_backend() == sea_orm::DbBackend::Postgres {
        attempts.push("TRUNCATE audit_entries");
    }
    for attempt in attempts {
        let done = app
            .deps
            .write(async |tx| Ok(tx.execute_unprepared(attempt).await?))
            .await;
        let refusal = format!("{:?}", done.expect_err(attempt));
        assert!(refusal.contains("append-only"), "{refusal}");
    }
    assert_eq!(app.count("audit_entries").await, before);
    let of_visitors: i64 = app
        .value("SELECT COUNT(*) FROM audit_entries WHERE actor = 'visitor'")
        .await;
    assert_eq!(of_visitors, 0);
}

#[tokio::test]
async fn what_matters_is_written_down_with_its_address() {
    let app = TestApp::new().await;
    let (root, ann, bob) = (
        app.admin("root").await,
        app.verified("ann").await,
        app.verified("bob").await,
    );
    let id = shelter(&app, &ann).await;
    let verify = "mutation($id: ID!) { verifyShelter(input: { shelterId: $id, verified: false }) {
        userErrors { field code message } } }";
    app.ok(&root, verify, json!({ "id": id })).await;
    let told = "mutation($id: ID!) { reportAbuse(input: { subjectId: $id, reason: SCAM }) { userErrors { field code message } } }";
    for _ in 0..2 {
        app.ok(&ann, told, json!({ "id": bob.id })).await;
    }
    app.leave_work();

    for (actor, subject, action) in [
        (&ann.id, &id, "shelter_registered"),
        (&root.id, &id, "shelter_unverified"),
        (&ann.id, &bob.id, "abuse_reported"),
    ] {
        let filter = json!({ "actor": actor, "subject": subject });
        let found = entries(&app, &root, filter).await;
        assert_eq!(actions(&found), [action]);
        assert_eq!(found[0]["address"], "127.0.0.1");
    }
}
