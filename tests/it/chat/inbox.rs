//! The inbox of a shelter: who answers, who takes part, who sees what.

use entity::id::ShelterId;
use futures_util::future::join;
use serde_json::{Value, json};

use super::{call, conversation, fixtures, inbox, sent, start, text, unread};
use crate::support::{Actor, Answer, Caller, TestApp, Visitor, codes, user_errors};

const INBOX: &str = "query($id: ID!, $which: InboxAssigned!) { node(id: $id) { ... on Shelter {
    unassignedConversationCount inbox(assigned: $which) { totalCount nodes { id assignedTo { displayName } } } } } }";

async fn listed(app: &TestApp, caller: &impl Caller, shelter: ShelterId, which: &str) -> Value {
    let variables = json!({ "id": shelter.to_string(), "which": which });
    app.ok(caller, INBOX, variables).await["node"].take()
}

async fn assign(app: &TestApp, caller: &impl Caller, id: &str, to: Option<&Actor>) -> Answer {
    let input = json!({ "conversationId": id, "memberId": to.map(|member| &member.id) });
    call(
        app,
        caller,
        "assignConversation",
        "conversation { id assignedTo { displayName } }",
        input,
    )
    .await
}

async fn written(app: &TestApp, from: &Actor, shelter: ShelterId) -> String {
    let started = start(
        app,
        from,
        json!({ "shelterId": shelter.to_string(), "text": "is she with you?" }),
    )
    .await;
    text(&started.data()["startConversation"]["conversation"]["id"])
}

#[tokio::test]
async fn the_staff_sees_which_conversations_nobody_answers() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo, dora) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
        app.member("dora").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    for staff in [&bob, &cleo] {
        fixtures::hire(&app, shelter, staff).await;
    }
    let of_ann = written(&app, &ann, shelter).await;
    app.clock.advance(std::time::Duration::from_secs(1));
    let of_dora = written(&app, &dora, shelter).await;
    let before = listed(&app, &bob, shelter, "UNASSIGNED").await;
    assert_eq!(
        (&before["unassignedConversationCount"], &before["inbox"]["totalCount"]),
        (&json!(2), &json!(2))
    );

    let answer = assign(&app, &cleo, &of_ann, Some(&bob)).await;

    assert_eq!(
        answer.data()["assignConversation"]["conversation"]["assignedTo"]["displayName"],
        "bob"
    );
    let ids = |seen: &Value| {
        seen["inbox"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| text(&one["id"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(&listed(&app, &bob, shelter, "ALL").await),
        [of_dora.clone(), of_ann.clone()]
    );
    assert_eq!(ids(&listed(&app, &bob, shelter, "MINE").await), [of_ann.as_str()]);
    assert_eq!(ids(&listed(&app, &cleo, shelter, "MINE").await), Vec::<String>::new());
    let left = listed(&app, &cleo, shelter, "UNASSIGNED").await;
    assert_eq!(
        (ids(&left), &left["unassignedConversationCount"]),
        (vec![of_dora], &json!(1))
    );

    assign(&app, &bob, &of_ann, None).await;
    assert_eq!(
        listed(&app, &cleo, shelter, "UNASSIGNED").await["unassignedConversationCount"],
        2
    );
}

#[tokio::test]
async fn the_inbox_is_for_the_staff_alone_and_so_is_who_answers() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo, admin) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
        app.admin("emil").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let id = written(&app, &ann, shelter).await;
    assign(&app, &bob, &id, Some(&bob)).await;

    let nothing = json!({ "unassignedConversationCount": null, "inbox": null });
    for outsider in [&ann, &cleo, &admin] {
        assert_eq!(
            listed(&app, outsider, shelter, "ALL").await,
            nothing,
            "{}",
            outsider.name
        );
    }
    assert_eq!(listed(&app, &Visitor, shelter, "ALL").await, nothing);
    let who = "query($id: ID!) { node(id: $id) { ... on Conversation { assignedTo { displayName } } } }";
    assert!(app.ok(&ann, who, json!({ "id": id })).await["node"]["assignedTo"].is_null());
    assert_eq!(
        app.ok(&bob, who, json!({ "id": id })).await["node"]["assignedTo"]["displayName"],
        "bob"
    );
}

#[tokio::test]
async fn only_the_staff_assigns_and_only_to_the_staff() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let id = written(&app, &ann, shelter).await;
    let direct = super::opened(&app, &bob, &ann).await;
    let before = app.footprint().await;

    assert_eq!(codes(&assign(&app, &ann, &id, None).await), ["FORBIDDEN"]);
    assert_eq!(codes(&assign(&app, &Visitor, &id, None).await), ["UNAUTHENTICATED"]);
    for (answer, fault) in [
        (
            assign(&app, &cleo, &id, Some(&bob)).await,
            "input.conversationId NOT_FOUND",
        ),
        (assign(&app, &bob, &id, Some(&cleo)).await, "input.memberId NOT_FOUND"),
        (assign(&app, &bob, &id, Some(&ann)).await, "input.memberId NOT_FOUND"),
        (
            assign(&app, &bob, &direct, Some(&bob)).await,
            "input.conversationId NOT_ALLOWED",
        ),
    ] {
        assert_eq!(user_errors(&answer), [fault]);
    }
    assert_eq!(app.footprint().await, before);
    assert_eq!(
        listed(&app, &bob, shelter, "UNASSIGNED").await["inbox"]["totalCount"],
        1
    );
}

#[tokio::test]
async fn who_joins_the_staff_takes_part_everywhere_and_who_leaves_does_not() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo, dora) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
        app.member("dora").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let (of_ann, of_dora) = (written(&app, &ann, shelter).await, written(&app, &dora, shelter).await);

    fixtures::hire(&app, shelter, &cleo).await;

    let participants = async |member: &Actor| {
        let sql = "SELECT COUNT(*) FROM participants p JOIN members m ON m.id = p.member_id WHERE m.display_name = ";
        app.value::<i64>(&format!("{sql}'{}'", member.name)).await
    };
    assert_eq!((participants(&cleo).await, unread(&app, &cleo).await), (2, 0));
    assert_eq!(inbox(&app, &cleo).await["conversations"]["totalCount"], 2);
    sent(&app, &ann, &of_ann, "hello?").await;
    assert_eq!((unread(&app, &bob).await, unread(&app, &cleo).await), (3, 1));
    assign(&app, &bob, &of_dora, Some(&cleo)).await;

    fixtures::dismiss(&app, shelter, &cleo).await;
    assert_eq!(
        listed(&app, &bob, shelter, "UNASSIGNED").await["inbox"]["totalCount"],
        2,
        "at once"
    );
    assert_eq!(unread(&app, &cleo).await, 0);
    app.run_work().await;
    assert_eq!(participants(&cleo).await, 0);
    let assigned: i64 = app
        .value("SELECT COUNT(*) FROM conversations WHERE assigned_to IS NOT NULL")
        .await;
    assert_eq!(assigned, 0);
    assert!(conversation(&app, &cleo, &of_dora).await.is_null());
}

#[tokio::test]
async fn who_leaves_the_staff_keeps_what_they_wrote_to_the_shelter_themselves() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = fixtures::shelter(&app, &ann).await;
    let own = written(&app, &bob, shelter).await;
    fixtures::hire(&app, shelter, &bob).await;
    written(&app, &ann, shelter).await;

    fixtures::dismiss(&app, shelter, &bob).await;
    app.run_work().await;

    assert_eq!(inbox(&app, &bob).await["conversations"]["totalCount"], 1);
    assert!(!conversation(&app, &bob, &own).await.is_null());
}

#[tokio::test]
async fn joining_the_staff_while_messages_come_keeps_the_count_exact() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let shelter = fixtures::shelter(&app, &bob).await;
    let id = written(&app, &ann, shelter).await;
    for _ in 0..4 {
        let messages = async {
            for _ in 0..4 {
                sent(&app, &ann, &id, "hello?").await;
            }
        };
        join(fixtures::hire(&app, shelter, &cleo), messages).await;
        let sql = "SELECT COUNT(*) FROM participants p JOIN members m ON m.id = p.member_id AND m.display_name = 'cleo'
            JOIN messages t ON t.conversation_id = p.conversation_id AND t.sequence > p.read_up_to";
        assert_eq!(unread(&app, &cleo).await, app.value::<i64>(sql).await);
        fixtures::dismiss(&app, shelter, &cleo).await;
        app.run_work().await;
    }
}
