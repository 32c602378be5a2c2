//! Deleting one's account.

use std::time::Duration;

use finding_sweetie::work::housekeeping;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::{
    photos::upload_files::picture,
    shelters,
    support::{Actor, Answer, TestApp, Visitor, codes, user_errors},
};

const DELETE: &str = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) {
    deletesAt userErrors { field code message } } }";
const LOG_IN: &str = "mutation($input: LogInInput!) { logIn(input: $input) {
    viewer { member { id } } userErrors { field code message } } }";
const REPORT: &str =
    "mutation($input: ReportPetInput!) { reportPet(input: $input) { pet { id } userErrors { message } } }";
const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } userErrors { field code message } } }";
const MESSAGES: &str = "query($id: ID!) { node(id: $id) { ... on Conversation { viewerCanSend
    messages(first: 10) { nodes { text sender { displayName avatar { id } } } } } } }";

pub(super) const GRACE: Duration = Duration::from_secs(14 * 24 * 60 * 60);

const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) {
    message { id } userErrors { field code message } } }";
const GROUP: &str = "mutation($input: StartGroupInput!) { startGroup(input: $input) {
    conversation { id } userErrors { field code message } } }";

const GONE: &str = "this member has deleted their account";

pub(super) async fn delete(app: &TestApp, member: &Actor) -> Answer {
    let input = json!({ "password": member.password() });
    app.run(member, DELETE, json!({ "input": input })).await
}

async fn log_in(app: &TestApp, member: &Actor) -> Answer {
    let input = json!({ "email": member.email(), "password": member.password() });
    app.run(&Visitor, LOG_IN, json!({ "input": input })).await
}

pub(super) async fn grace_is_over(app: &TestApp) {
    app.run_work().await;
    app.clock.advance(GRACE);
    housekeeping::delete_accounts(&app.deps).await.unwrap();
    app.run_work().await;
}

async fn report(app: &TestApp, member: &Actor) -> String {
    let input = json!({
        "kind": "LOST", "species": "DOG", "name": "Sweetie", "seenAt": "2026-06-01T10:00:00Z",
        "description": "She knows her name.", "microchip": "985141001234567",
        "location": { "point": { "latitude": 30.2672, "longitude": -97.7431 } },
    });
    let data = app.ok(member, REPORT, json!({ "input": input })).await;
    data["reportPet"]["pet"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_account_is_deleted_after_fourteen_days_with_its_reports() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let pet = report(&app, &ann).await;

    let asked = delete(&app, &ann).await;
    assert_eq!(asked.data()["deleteAccount"]["deletesAt"], "2026-06-15T12:00:00.000Z");
    assert_eq!(
        codes(&app.run(&ann, "{ viewer { email } }", json!({})).await),
        ["UNAUTHENTICATED"]
    );
    let shown = "query($id: ID!) { node(id: $id) { ... on Pet { name } } }";
    assert_eq!(
        app.ok(&bob, shown, json!({ "id": pet })).await["node"]["name"],
        "Sweetie"
    );
    grace_is_over(&app).await;
    assert_eq!(app.mailbox.to(&ann.email())[0].subject, "Your account will be deleted");

    let bob = app.log_in_again(&bob).await;
    assert_eq!(app.ok(&bob, shown, json!({ "id": pet })).await["node"], Value::Null);
    let kept: i64 = app
        .value("SELECT COUNT(*) FROM pets WHERE description IS NOT NULL OR microchip IS NOT NULL OR visibility = 'visible'")
        .await;
    assert_eq!(kept, 0);
    assert_eq!(user_errors(&log_in(&app, &ann).await), ["INVALID"]);
    let name: String = app
        .value("SELECT display_name || email || password_hash FROM members WHERE deleted_at IS NOT NULL")
        .await;
    assert_eq!(name, "Deleted member");
    let audited: i64 = app
        .value("SELECT COUNT(*) FROM audit_entries WHERE action = 'account_deleted'")
        .await;
    assert_eq!(audited, 1);
}

#[tokio::test]
async fn logging_in_before_takes_the_deletion_back() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    delete(&app, &ann).await;
    app.run_work().await;
    app.clock.advance(GRACE - Duration::from_secs(1));
    assert_eq!(user_errors(&log_in(&app, &ann).await), [""; 0]);
    app.run_work().await;
    app.clock.advance(GRACE);
    housekeeping::delete_accounts(&app.deps).await.unwrap();
    app.run_work().await;
    assert_eq!(user_errors(&log_in(&app, &ann).await), [""; 0]);
    assert_eq!(
        app.mailbox.to(&ann.email()).last().unwrap().subject,
        "Your account stays"
    );
}

#[tokio::test]
async fn a_queued_deletion_does_nothing_when_the_member_has_come_back() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    delete(&app, &ann).await;
    app.run_work().await;
    app.clock.advance(GRACE);
    housekeeping::delete_accounts(&app.deps).await.unwrap();
    housekeeping::delete_accounts(&app.deps).await.unwrap();
    assert_eq!(user_errors(&log_in(&app, &ann).await), [""; 0]);
    app.run_work().await;
    assert_eq!(user_errors(&log_in(&app, &ann).await), [""; 0]);
}

#[tokio::test]
async fn the_half_of_a_chat_stays_under_deleted_member_and_nobody_writes_to_them() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let input = json!({ "input": { "memberId": bob.id, "text": "Is this your dog?" } });
    let data = app.ok(&ann, START, input).await;
    let conversation = data["startConversation"]["conversation"]["id"].clone();
    delete(&app, &ann).await;
    grace_is_over(&app).await;

    let bob = app.log_in_again(&bob).await;
    let data = app.ok(&bob, MESSAGES, json!({ "id": conversation })).await;
    let message = &data["node"]["messages"]["nodes"][0];
    assert_eq!(message["text"], "Is this your dog?");
    assert_eq!(
        message["sender"],
        json!({ "displayName": "Deleted member", "avatar": null })
    );
    let again = json!({ "input": { "memberId": ann.id, "text": "Hello?" } });
    assert_eq!(
        user_errors(&app.run(&bob, START, again).await),
        ["input.memberId NOT_ALLOWED"]
    );
}

#[tokio::test]
async fn an_old_conversation_takes_no_messages_to_a_deleted_member_but_stays_readable() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let input = json!({ "input": { "memberId": bob.id, "text": "Is this your dog?" } });
    let data = app.ok(&ann, START, input).await;
    let conversation = data["startConversation"]["conversation"]["id"].clone();
    let send = |text: &str| json!({ "input": { "conversationId": conversation, "text": text, "clientKey": text } });
    app.ok(&bob, SEND, send("Yes, she is.")).await;
    let before = app.ok(&bob, MESSAGES, json!({ "id": conversation })).await;
    assert_eq!(before["node"]["viewerCanSend"], true);
    delete(&app, &ann).await;
    app.ok(&bob, SEND, send("Are you still there?")).await;
    grace_is_over(&app).await;
    let bob = app.log_in_again(&bob).await;

    let refused = app.run(&bob, SEND, send("Where is she now?")).await;
    let repeated = app.run(&bob, SEND, send("Are you still there?")).await;

    assert_eq!(user_errors(&refused), ["input.conversationId NOT_ALLOWED"]);
    assert_eq!(refused.data()["sendMessage"]["userErrors"][0]["message"], GONE);
    assert_eq!(
        user_errors(&repeated),
        [""; 0],
        "what was sent before is only sent again"
    );
    let data = app.ok(&bob, MESSAGES, json!({ "id": conversation })).await;
    assert_eq!(data["node"]["viewerCanSend"], false);
    let texts: Vec<&str> = data["node"]["messages"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|message| message["text"].as_str())
        .collect();
    assert_eq!(texts, ["Is this your dog?", "Yes, she is.", "Are you still there?"]);
}

#[tokio::test]
async fn the_staff_of_a_shelter_does_not_answer_a_deleted_member() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let shelter = shelters::register(&app, &bob).await;
    let input = json!({ "input": { "shelterId": shelter, "text": "Is she with you?" } });
    let data = app.ok(&ann, START, input).await;
    let conversation = data["startConversation"]["conversation"]["id"].clone();
    let answer = json!({ "input": { "conversationId": conversation, "text": "She is." } });
    app.ok(&bob, SEND, answer.clone()).await;
    delete(&app, &ann).await;
    grace_is_over(&app).await;
    let bob = app.log_in_again(&bob).await;

    let refused = app.run(&bob, SEND, answer).await;

    assert_eq!(user_errors(&refused), ["input.conversationId NOT_ALLOWED"]);
    let data = app.ok(&bob, MESSAGES, json!({ "id": conversation })).await;
    assert_eq!(data["node"]["messages"]["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(data["node"]["viewerCanSend"], false);
}

#[tokio::test]
async fn a_deleted_member_is_brought_into_no_group_but_one_they_were_in_goes_on() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.verified("ann").await,
        app.verified("bob").await,
        app.verified("cleo").await,
    );
    let group = json!({ "input": { "title": "Search for Sweetie", "memberIds": [cleo.id, ann.id] } });
    let data = app.ok(&bob, GROUP, group.clone()).await;
    let conversation = data["startGroup"]["conversation"]["id"].clone();
    delete(&app, &ann).await;
    grace_is_over(&app).await;
    let bob = app.log_in_again(&bob).await;

    let refused = app.run(&bob, GROUP, group).await;
    let goes_on = json!({ "input": { "conversationId": conversation, "text": "I go north." } });
    let goes_on = app.run(&bob, SEND, goes_on).await;

    assert_eq!(user_errors(&refused), ["input.memberIds.1 NOT_ALLOWED"]);
    assert_eq!(user_errors(&goes_on), [""; 0]);
}

#[tokio::test]
async fn exports_of_a_deleted_member_go_with_the_account() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let request = "mutation { requestDataExport(input: {}) { dataExport { id } userErrors { message } } }";
    for member in [&ann, &bob] {
        app.ok(member, request, json!({})).await;
    }
    app.run_work().await;
    let stored: Vec<String> = stored_exports(&app);
    assert_eq!(stored.len(), 2);
    app.clock.advance(Duration::from_secs(1));
    app.ok(&ann, request, json!({})).await;
    app.run_work().await;
    let waiting = "UPDATE data_exports SET state = 'queued', ready_at = NULL, expires_at = NULL
        WHERE created_at = (SELECT MAX(created_at) FROM data_exports)";
    app.execute(waiting, []).await;
    delete(&app, &ann).await;

    grace_is_over(&app).await;

    let left: i64 = app.value("SELECT COUNT(*) FROM data_exports").await;
    assert_eq!(left, 1, "what was made and what waits is gone, that of others is there");
    let kept = stored_exports(&app);
    assert_eq!(kept.len(), 1);
    assert!(stored.contains(&kept[0]));
}

/// Names of the archives that are stored.
fn stored_exports(app: &TestApp) -> Vec<String> {
    let folder = app.folder().join("blobs/exports");
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn a_deletion_needs_the_password_and_asking_twice_keeps_the_first_time() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let wrong = app
        .run(&ann, DELETE, json!({ "input": { "password": "a wrong one" } }))
        .await;
    assert_eq!(user_errors(&wrong), ["input.password INVALID"]);
    let (one, two) = tokio::join!(delete(&app, &ann), delete(&app, &ann));
    let times: Vec<_> = [&one, &two]
        .iter()
        .filter_map(|answer| answer.body["data"]["deleteAccount"]["deletesAt"].as_str())
        .collect();
    assert!(
        !times.is_empty() && times.iter().all(|time| *time == "2026-06-15T12:00:00.000Z"),
        "{times:?}"
    );
    app.run_work().await;
}

#[tokio::test]
async fn the_last_admin_of_a_staff_hands_over_first_and_leaves_it_with_the_account() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, app.verified("bob").await);
    let shelter = shelters::register(&app, &ann).await;
    shelters::employ(&app, &ann, &shelter, &bob, "STAFF").await;
    assert_eq!(user_errors(&delete(&app, &ann).await), ["NOT_ALLOWED"]);
    assert_eq!(user_errors(&delete(&app, &bob).await), [""; 0]);
    grace_is_over(&app).await;
    let staff: i64 = app.value("SELECT COUNT(*) FROM shelter_staff").await;
    assert_eq!(staff, 1);
}

#[tokio::test]
async fn the_avatar_of_a_deleted_member_is_no_longer_served() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let photo = app.photo(&ann, "AVATAR", picture(9, 9, ImageFormat::Png)).await;
    let update = "mutation($id: ID!) { updateProfile(input: { avatarPhotoId: $id }) { userErrors { message } } }";
    app.ok(&ann, update, json!({ "id": photo["id"] })).await;
    let url = photo["url"]
        .as_str()
        .unwrap()
        .strip_prefix(app.url.as_str())
        .unwrap()
        .to_owned();
    assert_eq!(app.get(&url).await.status(), 200);
    delete(&app, &ann).await;
    grace_is_over(&app).await;
    assert_eq!(app.get(&url).await.status(), 404);
}
