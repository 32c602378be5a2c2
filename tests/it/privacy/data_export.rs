//! Archives of a member's data.

use std::time::Duration;

use finding_sweetie::domain::privacy::forget_exports;
use serde_json::{Value, json};

use crate::support::{Actor, Answer, TestApp, codes, user_errors};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const REQUEST: &str = "mutation { requestDataExport(input: {}) {
    dataExport { id state url expiresAt } userErrors { field code message } } }";
const EXPORTS: &str = "{ viewer { dataExports { id state url expiresAt } } }";

async fn request(app: &TestApp, member: &Actor) -> Answer {
    app.run(member, REQUEST, json!({})).await
}

/// The path and query of the newest archive's link.
async fn link(app: &TestApp, member: &Actor) -> String {
    let data = app.ok(member, EXPORTS, json!({})).await;
    let url = data["viewer"]["dataExports"][0]["url"]
        .as_str()
        .expect("no link")
        .to_owned();
    url.strip_prefix(app.url.as_str()).unwrap().to_owned()
}

async fn archive(app: &TestApp, member: &Actor) -> Value {
    request(app, member).await;
    app.run_work().await;
    let path = link(app, member).await;
    let response = app.get(&path).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(
        response.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    response.json().await.unwrap()
}

#[tokio::test]
async fn an_archive_is_made_by_a_job_and_its_link_is_mailed() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let asked = request(&app, &ann).await;
    let export = &asked.data()["requestDataExport"]["dataExport"];
    assert_eq!((&export["state"], &export["url"]), (&json!("QUEUED"), &Value::Null));
    let again = request(&app, &ann).await;
    assert_eq!(
        again.data()["requestDataExport"]["dataExport"]["id"],
        export["id"],
        "one at a time"
    );

    app.run_work().await;

    let mail = app.mailbox.to(&ann.email()).pop().expect("no mail");
    assert_eq!(mail.subject, "Your data at Finding Sweetie");
    let path = link(&app, &ann).await;
    assert!(mail.text.contains(&path), "{}", mail.text);
    let node = app
        .ok(
            &ann,
            "query($id: ID!) { node(id: $id) { ... on DataExport { state } } }",
            json!({ "id": export["id"] }),
        )
        .await;
    assert_eq!(node["node"]["state"], "READY");
}

#[tokio::test]
async fn an_archive_holds_the_members_things_and_nothing_of_others() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let report = "mutation($input: ReportPetInput!) { reportPet(input: $input) { pet { id } userErrors { message } } }";
    let pet = |name: &str| {
        json!({ "input": {
            "kind": "LOST", "species": "DOG", "name": name, "seenAt": "2026-06-01T10:00:00Z",
            "location": { "point": { "latitude": 30.2672, "longitude": -97.7431 } },
            "privateMarks": ["a scar under the chin"],
        } })
    };
    let mine = app.ok(&ann, report, pet("Sweetie")).await;
    app.ok(&bob, report, pet("Rex")).await;

    let archive = archive(&app, &ann).await;

    assert_eq!(archive["account"]["email"], ann.email());
    assert_eq!(archive["account"]["id"], ann.id);
    let reports = archive["reports"].as_array().unwrap();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["id"], mine["reportPet"]["pet"]["id"]);
    assert_eq!(
        (&reports[0]["name"], &reports[0]["seenAt"]),
        (&json!("Sweetie"), &json!("2026-06-01T10:00:00.000Z"))
    );
    assert!(reports[0]["privateMarks"].to_string().contains("scar"));
    assert_eq!(archive["sessions"].as_array().unwrap().len(), 1);
    let text = archive.to_string();
    assert!(
        !text.contains("Rex") && !text.contains("bob") && !text.contains("argon2"),
        "{text}"
    );
}

#[tokio::test]
async fn an_archive_holds_former_texts_reactions_settings_reports_of_abuse_and_the_log() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
        message { id } userErrors { message } } }";
    let input = json!({ "input": { "memberId": bob.id, "text": "Is this your dog?" } });
    let data = app.ok(&ann, start, input).await;
    let message = data["startConversation"]["message"]["id"].clone();
    for change in [
        "mutation($id: ID!) { editMessage(input: { id: $id, text: \"Is she yours?\" }) { userErrors { message } } }",
        "mutation($id: ID!) { reactToMessage(input: { id: $id, emoji: \"🐾\" }) { userErrors { message } } }",
    ] {
        app.ok(&ann, change, json!({ "id": message })).await;
    }
    let privacy = "mutation { updatePrivacy(input: { readReceipts: false }) { userErrors { message } } }";
    app.ok(&ann, privacy, json!({})).await;
    app.ok(
        &ann,
        "mutation { startTotp(input: {}) { userErrors { message } } }",
        json!({}),
    )
    .await;
    let told =
        "mutation($id: ID!) { reportAbuse(input: { subjectId: $id, reason: OTHER, details: \"Never answers.\" }) {
        userErrors { message } } }";
    app.ok(&ann, told, json!({ "id": bob.id })).await;

    let archive = archive(&app, &ann).await;

    let former = &archive["formerMessages"];
    assert_eq!(
        (&former[0]["text"], &former[0]["messageId"]),
        (&json!("Is this your dog?"), &message)
    );
    let reaction = &archive["reactions"];
    assert_eq!(
        (&reaction[0]["emoji"], &reaction[0]["messageId"]),
        (&json!("🐾"), &message)
    );
    assert_eq!(archive["chatSettings"], json!([{ "readReceipts": false }]));
    assert_eq!(archive["secondFactor"][0]["method"], "totp");
    let reports = &archive["abuseReports"];
    assert_eq!(
        (&reports[0]["subject"], &reports[0]["details"]),
        (&json!(bob.id), &json!("Never answers."))
    );
    let actions = archive["actions"].as_array().unwrap();
    let asked = actions.iter().find(|entry| entry["action"] == "data_export_requested");
    assert_eq!(asked.expect("what she did")["address"], "127.0.0.1");
    let text = archive.to_string();
    assert!(!text.contains("sealed") && !text.contains("snapshot"), "{text}");
}

/// Asks for an archive and gives its id.
async fn requested(app: &TestApp, member: &Actor) -> Value {
    request(app, member).await.data()["requestDataExport"]["dataExport"]["id"].clone()
}

#[tokio::test]
async fn an_archive_that_is_not_there_after_a_day_is_given_up_for_a_new_one() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let first = requested(&app, &ann).await;
    app.run_work().await;
    never_made(&app).await;
    app.clock.advance(DAY - Duration::from_secs(1));
    let ann = app.log_in_again(&ann).await;
    assert_eq!(requested(&app, &ann).await, first);
    app.clock.advance(Duration::from_secs(1));

    let second = requested(&app, &ann).await;
    app.run_work().await;

    assert_ne!(second, first);
    let data = app.ok(&ann, EXPORTS, json!({})).await;
    let exports = data["viewer"]["dataExports"].as_array().unwrap();
    assert_eq!(exports.len(), 1, "the old one is gone");
    assert_eq!((&exports[0]["id"], &exports[0]["state"]), (&second, &json!("READY")));
}

#[tokio::test]
async fn housekeeping_removes_archives_that_nobody_makes() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    requested(&app, &ann).await;
    app.run_work().await;
    never_made(&app).await;
    forget_exports(&app.deps).await.unwrap();
    assert_eq!(app.count("data_exports").await, 1);
    app.clock.advance(DAY);
    forget_exports(&app.deps).await.unwrap();
    assert_eq!(app.count("data_exports").await, 0);
}

/// As if the job had failed to the end.
async fn never_made(app: &TestApp) {
    let waiting = "UPDATE data_exports SET state = $1, byte_size = NULL, ready_at = NULL, expires_at = NULL";
    app.execute(waiting, ["queued".into()]).await;
}

#[tokio::test]
async fn a_link_opens_its_own_archive_only_and_for_seven_days() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    for member in [&ann, &bob] {
        request(&app, member).await;
    }
    app.run_work().await;
    let (own, other) = (link(&app, &ann).await, link(&app, &bob).await);
    let (path, query) = own.split_once('?').unwrap();
    let foreign = other.split_once('?').unwrap().1;
    for wrong in [
        path.to_owned(),
        format!("{path}?{foreign}"),
        format!("{path}?{}", query.replace("expires=1", "expires=2")),
        format!("/exports/dex_00000000000000000000000000?{query}"),
        "/exports/..%2f..%2fsecret".to_owned(),
    ] {
        assert_eq!(app.get(&wrong).await.status(), 404, "{wrong}");
    }
    assert_eq!(app.get(&own).await.status(), 200);
    app.clock.advance(Duration::from_secs(7 * 24 * 60 * 60));
    assert_eq!(app.get(&own).await.status(), 404);
    let late = app.ok(&app.log_in_again(&ann).await, EXPORTS, json!({})).await;
    assert_eq!(late["viewer"]["dataExports"][0]["url"], Value::Null);
}

#[tokio::test]
async fn an_unverified_address_gets_no_archive_and_five_a_day_are_the_most() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.member("bob").await);
    assert_eq!(user_errors(&request(&app, &bob).await), ["UNVERIFIED"]);
    for _ in 0..5 {
        assert_eq!(user_errors(&request(&app, &ann).await), [""; 0]);
        app.run_work().await;
    }
    assert_eq!(codes(&request(&app, &ann).await), ["RATE_LIMITED"]);
    app.run_work().await;
}
