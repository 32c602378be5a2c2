//! Who may do what with a conversation.

use entity::id::ApiKeyId;
use finding_sweetie::{
    domain::chat,
    kernel::{Error, Scope, Viewer},
};
use serde_json::json;

use super::{
    INBOX, MESSAGES, UPDATES, conversation, fixtures, inbox, mark_read, opened, send, sent, start, text, type_in,
    unread,
};
use crate::support::{Actor, Caller, TestApp, Visitor, codes, user_errors};

const NODE: &str = "query($id: ID!) { node(id: $id) { id } }";

/// Whether the caller sees the conversation and its message, may write and may listen; all or nothing.
async fn takes_part(app: &TestApp, caller: &Actor, id: &str, message: &str) -> bool {
    let sees = !conversation(app, caller, id).await.is_null();
    let sees_message = !app.ok(caller, NODE, json!({ "id": message })).await["node"].is_null();
    let lists = text_list(app, caller).await.iter().any(|listed| listed == id);
    let socket = app.socket(caller).await;
    let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
    let listens = codes(&stream.next_answer().await).is_empty();
    let reads = user_errors(&mark_read(app, caller, id, 1).await).is_empty();
    let types = user_errors(&type_in(app, caller, id, false).await).is_empty();
    let writes = user_errors(&send(app, caller, id, "me too").await).is_empty();
    let rights = [sees, sees_message, lists, listens, reads, types, writes];
    assert!(rights.iter().all(|right| *right == sees), "{}: {rights:?}", caller.name);
    sees
}

async fn text_list(app: &TestApp, caller: &impl Caller) -> Vec<String> {
    let nodes = inbox(app, caller).await["conversations"]["nodes"].take();
    nodes.as_array().unwrap().iter().map(|node| text(&node["id"])).collect()
}

#[tokio::test]
async fn a_direct_conversation_is_for_its_two_members_alone() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let (moderator, admin) = (app.moderator("dora").await, app.admin("emil").await);
    let started = start(&app, &ann, json!({ "memberId": bob.id, "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    let message = text(&started.data()["startConversation"]["message"]["id"]);

    for member in [&ann, &bob] {
        assert!(takes_part(&app, member, &id, &message).await, "{}", member.name);
    }
    let before = app.footprint().await;
    for stranger in [&cleo, &moderator, &admin] {
        assert!(!takes_part(&app, stranger, &id, &message).await, "{}", stranger.name);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn an_inbox_is_for_who_wrote_and_who_works_there_now() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let (dora, emil) = (app.member("dora").await, app.admin("emil").await);
    let shelter = fixtures::shelter(&app, &emil).await;
    for staff in [&bob, &cleo] {
        fixtures::hire(&app, shelter, staff).await;
    }
    let other_shelter = fixtures::shelter(&app, &emil).await;
    fixtures::hire(&app, other_shelter, &dora).await;
    let pet = fixtures::pet(&app, None, Some(shelter)).await.to_string();
    let started = start(&app, &ann, json!({ "petId": pet, "text": "is Biscuit with you?" })).await;
    let started = &started.data()["startConversation"];
    assert_eq!(started["conversation"]["kind"], "SHELTER_INBOX");
    assert_eq!(started["conversation"]["shelter"]["id"], shelter.to_string());
    let (id, message) = (text(&started["conversation"]["id"]), text(&started["message"]["id"]));
    assert_eq!((unread(&app, &bob).await, unread(&app, &cleo).await), (1, 1));

    fixtures::dismiss(&app, shelter, &cleo).await;
    assert_eq!(
        unread(&app, &cleo).await,
        0,
        "what is left of a former participant counts for nothing"
    );
    let late = app.member("finn").await;
    fixtures::hire(&app, shelter, &late).await;

    for member in [&ann, &bob, &late] {
        assert!(takes_part(&app, member, &id, &message).await, "{}", member.name);
    }
    for stranger in [&cleo, &dora, &emil] {
        assert!(!takes_part(&app, stranger, &id, &message).await, "{}", stranger.name);
    }
    let seen = conversation(&app, &ann, &id).await;
    let members: Vec<&str> = seen["participants"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["member"]["id"].as_str())
        .collect();
    assert_eq!(members.len(), 3, "{members:?}");
    assert!(!members.contains(&cleo.id.as_str()));
}

#[tokio::test]
async fn a_new_colleague_is_told_of_the_next_message() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    fixtures::hire(&app, shelter, &cleo).await;
    assert_eq!(unread(&app, &cleo).await, 0);

    sent(&app, &bob, &id, "how can we help?").await;

    assert_eq!(
        (
            unread(&app, &ann).await,
            unread(&app, &cleo).await,
            unread(&app, &bob).await
        ),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_visitor_is_asked_to_log_in_and_learns_nothing() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    assert!(conversation(&app, &Visitor, &id).await.is_null());
    assert!(app.ok(&Visitor, INBOX, json!({})).await["viewer"].is_null());
    for answer in [
        send(&app, &Visitor, &id, "hello").await,
        mark_read(&app, &Visitor, &id, 1).await,
        type_in(&app, &Visitor, &id, true).await,
        start(&app, &Visitor, json!({ "memberId": ann.id, "text": "hello" })).await,
    ] {
        assert_eq!(codes(&answer), ["UNAUTHENTICATED"]);
    }
    let socket = app.socket(&Visitor).await;
    for (query, variables) in [(MESSAGES, json!({ "id": id, "after": 0 })), (UPDATES, json!({}))] {
        let mut stream = socket.subscribe(query, variables);
        assert_eq!(codes(&stream.next_answer().await), ["UNAUTHENTICATED"]);
    }
}

#[tokio::test]
async fn an_api_key_has_no_part_in_its_shelters_inbox() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter_id = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter_id, &bob).await;
    let started = start(
        &app,
        &ann,
        json!({ "shelterId": shelter_id.to_string(), "text": "hello" }),
    )
    .await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"])
        .parse()
        .unwrap();
    let key = Viewer::Key {
        id: ApiKeyId(uuid::Uuid::nil()),
        shelter_id,
        scopes: vec![Scope::PetsRead, Scope::PetsWrite, Scope::ImportsWrite],
    };
    let db = app.deps.db.read();
    assert!(matches!(chat::find(db, &key, id).await, Err(Error::NotFound(_))));
    assert!(matches!(
        chat::set_typing(&app.deps, &key, id, true).await,
        Err(Error::Forbidden(_))
    ));
    assert!(matches!(
        chat::follow_messages(&app.deps, &key, id, Some(0)).await.err(),
        Some(Error::Forbidden(_))
    ));
}

#[tokio::test]
async fn a_page_of_messages_takes_no_cursor_of_another_conversation() {
    const PAGE: &str = "query($id: ID!, $after: String) { node(id: $id) { ... on Conversation {
        messages(first: 1, after: $after) { pageInfo { endCursor hasNextPage } nodes { sequence } } } } }";
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let (first, second) = (opened(&app, &ann, &bob).await, opened(&app, &ann, &cleo).await);
    sent(&app, &ann, &first, "two").await;
    let page = app.ok(&ann, PAGE, json!({ "id": first })).await;
    let cursor = page["node"]["messages"]["pageInfo"]["endCursor"].clone();
    assert_eq!(page["node"]["messages"]["pageInfo"]["hasNextPage"], true);

    let next = app.ok(&ann, PAGE, json!({ "id": first, "after": cursor })).await;
    assert_eq!(next["node"]["messages"]["nodes"], json!([{ "sequence": 2 }]));
    let foreign = app.run(&ann, PAGE, json!({ "id": second, "after": cursor })).await;
    assert_eq!(codes(&foreign), ["BAD_USER_INPUT"]);
}
