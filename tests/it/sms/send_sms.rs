//! Writing to the other side of a conversation.

use std::time::Duration;

use serde_json::json;

use super::{ANN, BOB, SEND, account, ann_and_bob, said, send, talk, text_from, with_phone};
use crate::support::{TestApp, user_errors};

#[tokio::test]
async fn a_text_goes_to_the_other_phone_and_into_the_conversation_for_a_credit() {
    let app = TestApp::new().await;
    let (ann, bob, conversation) = ann_and_bob(&app).await;

    let message = send(&app, &ann, &conversation, "Is she home?").await;

    assert_eq!(
        (&message["status"], &message["segments"], &message["direction"]),
        (&json!("QUEUED"), &json!(1), &json!("OUTBOUND"))
    );
    assert_eq!(account(&app, &ann).await["credits"], 9);
    app.run_work().await;
    assert_eq!(app.phone.to(BOB).last().unwrap().body, "Is she home?");
    assert_eq!(
        said(&app, &bob, &conversation).await.last().unwrap(),
        &("ann".to_owned(), "Is she home?".to_owned())
    );
    assert_eq!(account(&app, &ann).await["messages"]["nodes"][0]["status"], "SENT");
}

#[tokio::test]
async fn neither_side_sees_the_others_number() {
    let app = TestApp::new().await;
    let (ann, bob, conversation) = ann_and_bob(&app).await;
    let message = send(&app, &ann, &conversation, "Hi").await;
    app.run_work().await;
    assert_eq!(message["to"], "+15005550006");
    assert!(!account(&app, &ann).await.to_string().contains(BOB));
    assert!(!account(&app, &bob).await.to_string().contains(ANN));
    let query = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(
        app.ok(&bob, query, json!({ "id": message["id"] })).await["node"],
        json!(null)
    );
}

#[tokio::test]
async fn a_longer_text_costs_a_credit_for_each_segment() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    assert_eq!(send(&app, &ann, &conversation, &"a".repeat(161)).await["segments"], 2);
    assert_eq!(account(&app, &ann).await["credits"], 8);
    assert_eq!(send(&app, &ann, &conversation, &"ж".repeat(71)).await["segments"], 2);
    assert_eq!(account(&app, &ann).await["credits"], 6);
    let quoted = send(
        &app,
        &ann,
        &conversation,
        &format!("\u{201c}{}\u{201d}", "a".repeat(150)),
    )
    .await;
    assert_eq!(quoted["segments"], 1, "curly quotes become straight ones");
    app.run_work().await;
}

#[tokio::test]
async fn without_enough_credits_nothing_is_sent() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    app.execute("UPDATE sms_accounts SET credits = $1", [1.into()]).await;
    let before = app.footprint().await;

    let input = json!({ "input": { "conversationId": conversation, "text": "a".repeat(161) } });
    let refused = app.run(&ann, SEND, input).await;

    assert_eq!(user_errors(&refused), ["input.text LIMIT_REACHED"]);
    assert_eq!(app.footprint().await, before);
    assert_eq!(account(&app, &ann).await["credits"], 1);
}

#[tokio::test]
async fn two_texts_at_once_do_not_spend_one_credit_twice() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    app.execute("UPDATE sms_accounts SET credits = $1", [1.into()]).await;
    let input = json!({ "input": { "conversationId": conversation, "text": "Hi" } });
    let answers = futures_util::future::join_all((0..4).map(|_| app.run(&ann, SEND, input.clone()))).await;
    assert_eq!(
        answers.iter().filter(|answer| user_errors(answer).is_empty()).count(),
        1
    );
    assert_eq!(account(&app, &ann).await["credits"], 0);
    app.run_work().await;
}

#[tokio::test]
async fn ten_texts_a_day_are_the_most() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    app.execute("UPDATE sms_accounts SET credits = $1", [100.into()]).await;
    for _ in 0..10 {
        send(&app, &ann, &conversation, "Hi").await;
    }
    let input = json!({ "input": { "conversationId": conversation, "text": "Hi" } });
    assert_eq!(
        user_errors(&app.run(&ann, SEND, input).await),
        ["input.text LIMIT_REACHED"]
    );
    assert_eq!(account(&app, &ann).await["credits"], 90);
    app.run_work().await;
    app.clock.advance(Duration::from_secs(24 * 60 * 60 + 1));
    assert_eq!(app.count("sms_messages").await, 12);
}

#[tokio::test]
async fn whoever_can_not_be_reached_is_refused_in_one_way() {
    let app = TestApp::new().await;
    let ann = with_phone(&app, "ann", ANN).await;
    let (without, stopped) = (app.member("cleo").await, with_phone(&app, "bob", BOB).await);
    text_from(&app, BOB, "SM1", "Stop").await;
    let mut told = Vec::new();
    for other in [&without, &stopped] {
        let conversation = talk(&app, &ann, other).await;
        let before = app.footprint().await;
        let input = json!({ "input": { "conversationId": conversation, "text": "Hi" } });
        let refused = app.run(&ann, SEND, input).await;
        assert_eq!(user_errors(&refused), ["input.conversationId NOT_ALLOWED"]);
        assert_eq!(app.footprint().await, before);
        told.push(refused.data()["sendSms"]["userErrors"].clone());
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn a_member_without_a_proved_number_can_not_send() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.verified("ann").await, with_phone(&app, "bob", BOB).await);
    let conversation = talk(&app, &ann, &bob).await;
    let input = json!({ "input": { "conversationId": conversation, "text": "Hi" } });
    assert_eq!(user_errors(&app.run(&ann, SEND, input).await), ["UNVERIFIED"]);
}

#[tokio::test]
async fn texts_are_measured_and_conversations_must_be_ones_own() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    let cleo = with_phone(&app, "cleo", "+15125550144").await;
    let before = app.footprint().await;
    for (who, conversation, text, fault) in [
        (&ann, conversation.as_str(), "a".repeat(321), "input.text TOO_LONG"),
        (&ann, &conversation, " \u{200b} ".to_owned(), "input.text REQUIRED"),
        (
            &ann,
            "con_00000000000000000000000000",
            "Hi".to_owned(),
            "input.conversationId NOT_FOUND",
        ),
        (&ann, "nonsense", "Hi".to_owned(), "input.conversationId NOT_FOUND"),
        (&cleo, &conversation, "Hi".to_owned(), "input.conversationId NOT_FOUND"),
    ] {
        let input = json!({ "input": { "conversationId": conversation, "text": text } });
        assert_eq!(user_errors(&app.run(who, SEND, input).await), [fault]);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_text_message_obeys_a_block_and_asks_before_it_gives_a_code_away() {
    const BLOCK: &str = "mutation($id: ID!) { blockMember(input: { memberId: $id }) { userErrors { field code } } }";
    let app = TestApp::new().await;
    let (ann, bob, conversation) = ann_and_bob(&app).await;
    let before = app.footprint().await;
    let code = json!({ "input": { "conversationId": conversation, "text": "482913" } });
    let answer = app.run(&ann, SEND, code).await;
    assert_eq!(user_errors(&answer), ["input.acknowledge CONFLICT"]);
    assert_eq!(app.footprint().await, before);
    let input = json!({ "conversationId": conversation, "text": "482913", "acknowledge": ["outgoing-code"] });
    let answer = app.run(&ann, SEND, json!({ "input": input })).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());

    app.ok(&bob, BLOCK, json!({ "id": ann.id })).await;
    let before = app.footprint().await;
    let text = json!({ "input": { "conversationId": conversation, "text": "hello?" } });
    assert_eq!(
        user_errors(&app.run(&ann, SEND, text).await),
        ["input.conversationId NOT_ALLOWED"]
    );
    assert_eq!(app.footprint().await, before);
    app.run_work().await;
}
