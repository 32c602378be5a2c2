//! Blocks, as both sides meet them.

use serde_json::{Value, json};

use super::{conversation, fixtures, opened, send, sent, start, text, unread};
use crate::support::{Actor, Answer, Caller, TestApp, codes, user_errors};

pub const BLOCK: &str = "mutation($input: BlockMemberInput!) { blockMember(input: $input) {
    member { id } userErrors { field code message } } }";

const BLOCKED: &str = "query($first: Int, $after: String) { viewer { blockedMembers(first: $first, after: $after) {
    totalCount nodes { displayName } pageInfo { endCursor hasNextPage } } } }";

pub async fn block(app: &TestApp, who: &impl Caller, whom: &Actor, block: bool) -> Answer {
    let input = json!({ "memberId": whom.id, "block": block });
    app.run(who, BLOCK, json!({ "input": input })).await
}

pub async fn blocked(app: &TestApp, who: &impl Caller, whom: &Actor) {
    let answer = block(app, who, whom, true).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
}

/// Names of those whom the caller has blocked.
async fn list(app: &TestApp, who: &impl Caller) -> Vec<String> {
    let data = app.ok(who, BLOCKED, json!({})).await;
    let nodes = data["viewer"]["blockedMembers"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| text(&node["displayName"])).collect()
}

#[tokio::test]
async fn neither_side_writes_to_the_other_and_both_are_told_the_same() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    blocked(&app, &ann, &bob).await;
    let before = app.footprint().await;

    let mut messages = Vec::new();
    for member in [&ann, &bob] {
        let answer = send(&app, member, &id, "hello?").await;
        assert_eq!(
            user_errors(&answer),
            ["input.conversationId NOT_ALLOWED"],
            "{}",
            member.name
        );
        messages.push(answer.data()["sendMessage"]["userErrors"].clone());
    }
    assert_eq!(messages[0], messages[1], "who has blocked whom is not told");
    assert_eq!(app.footprint().await, before);
    assert_eq!(unread(&app, &bob).await, 1, "what was said before stays");
    assert_eq!(conversation(&app, &bob, &id).await["messages"]["totalCount"], 1);
}

#[tokio::test]
async fn no_conversation_is_opened_across_a_block_by_whatever_way() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (of_ann, of_bob) = (
        fixtures::pet(&app, Some(&ann), None).await.to_string(),
        fixtures::pet(&app, Some(&bob), None).await.to_string(),
    );
    blocked(&app, &bob, &ann).await;
    let before = app.footprint().await;

    for (who, input, field) in [
        (&ann, json!({ "memberId": bob.id }), "memberId"),
        (&bob, json!({ "memberId": ann.id }), "memberId"),
        (&ann, json!({ "petId": of_bob }), "petId"),
        (&bob, json!({ "petId": of_ann }), "petId"),
        (&ann, json!({ "memberId": bob.id, "petId": of_bob }), "memberId"),
    ] {
        let mut input = input;
        input["text"] = json!("hello");
        let answer = start(&app, who, input).await;
        assert_eq!(
            user_errors(&answer),
            [format!("input.{field} NOT_ALLOWED")],
            "{}",
            who.name
        );
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn the_end_of_a_block_restores_everything() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    blocked(&app, &ann, &bob).await;
    blocked(&app, &bob, &ann).await;
    assert_eq!(user_errors(&block(&app, &ann, &bob, false).await), Vec::<String>::new());
    let answer = send(&app, &ann, &id, "hello?").await;
    assert_eq!(
        user_errors(&answer),
        ["input.conversationId NOT_ALLOWED"],
        "the other's block holds"
    );

    block(&app, &bob, &ann, false).await;
    block(&app, &bob, &ann, false).await;

    assert_eq!(sent(&app, &ann, &id, "hello?").await, 2);
    assert_eq!(sent(&app, &bob, &id, "hello!").await, 3);
    assert_eq!(app.count("blocks").await, 0);
}

#[tokio::test]
async fn a_block_twice_at_once_is_one() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    opened(&app, &ann, &bob).await;

    let answers = tokio::join!(
        block(&app, &ann, &bob, true),
        block(&app, &ann, &bob, true),
        block(&app, &bob, &ann, true)
    );

    for answer in [answers.0, answers.1, answers.2] {
        assert_eq!((codes(&answer), user_errors(&answer)), (Vec::new(), Vec::new()));
    }
    assert_eq!(app.count("blocks").await, 2);
}

#[tokio::test]
async fn a_message_at_the_moment_of_the_block_is_before_it_or_refused() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for round in 0..5 {
        let ((), answers) = tokio::join!(blocked(&app, &ann, &bob), async {
            let sending = (0..4).map(|_| send(&app, &bob, &id, "hello"));
            futures_util::future::join_all(sending).await
        });
        let taken = answers.iter().filter(|answer| user_errors(answer).is_empty()).count();
        let count = conversation(&app, &ann, &id).await["messages"]["totalCount"]
            .as_u64()
            .unwrap();

        let after = send(&app, &bob, &id, "hello").await;
        assert_eq!(
            user_errors(&after),
            ["input.conversationId NOT_ALLOWED"],
            "round {round}, {taken} taken"
        );
        let settled = conversation(&app, &ann, &id).await["messages"]["totalCount"]
            .as_u64()
            .unwrap();
        assert_eq!(settled, count, "nothing comes after the block");
        block(&app, &ann, &bob, false).await;
    }
}

#[tokio::test]
async fn the_inbox_of_a_shelter_goes_on() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = fixtures::shelter(&app, &bob).await;
    fixtures::hire(&app, shelter, &bob).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    blocked(&app, &ann, &bob).await;

    assert_eq!(sent(&app, &bob, &id, "this is the shelter, how can we help?").await, 2);
    assert_eq!(sent(&app, &ann, &id, "is Sweetie with you?").await, 3);
}

#[tokio::test]
async fn only_the_blocker_has_a_list_of_the_blocked_last_blocked_first() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let (bob, cleo) = (app.member("bob").await, app.member("cleo").await);
    blocked(&app, &ann, &bob).await;
    app.clock.advance(std::time::Duration::from_secs(1));
    blocked(&app, &ann, &cleo).await;
    assert_eq!(list(&app, &ann).await, ["cleo", "bob"]);
    assert_eq!(list(&app, &bob).await, Vec::<String>::new());

    let page = app.ok(&ann, BLOCKED, json!({ "first": 1 })).await["viewer"]["blockedMembers"].take();
    assert_eq!(
        (&page["totalCount"], &page["pageInfo"]["hasNextPage"]),
        (&json!(2), &json!(true))
    );
    let after = page["pageInfo"]["endCursor"].clone();
    let next = app.ok(&ann, BLOCKED, json!({ "first": 1, "after": after })).await;
    assert_eq!(
        next["viewer"]["blockedMembers"]["nodes"],
        json!([{ "displayName": "bob" }])
    );
}

#[tokio::test]
async fn nobody_is_blocked_who_is_not_there_or_oneself() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let before = app.footprint().await;
    for (id, fault) in [
        (ann.id.as_str(), "input.memberId NOT_ALLOWED"),
        ("mem_00000000000000000000000000", "input.memberId NOT_FOUND"),
        ("nobody", "input.memberId NOT_FOUND"),
    ] {
        let answer = app.run(&ann, BLOCK, json!({ "input": { "memberId": id } })).await;
        assert_eq!(user_errors(&answer), [fault]);
        assert_eq!(answer.data()["blockMember"]["member"], Value::Null);
    }
    assert_eq!(app.footprint().await, before);
}
