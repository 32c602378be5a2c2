//! viewer.searchMessages.

use finding_sweetie::domain::chat::index_words_anew;
use serde_json::{Value, json};

use super::{call, fixtures, group, opened, said, sent};
use crate::{
    pets::text_search::WITHOUT_BLANKS,
    support::{Caller, TestApp, Visitor, codes},
};

const SEARCH: &str = "query($query: String!, $in: ID, $first: Int, $after: String) { viewer {
    searchMessages(query: $query, conversationId: $in, first: $first, after: $after) {
        totalCount pageInfo { endCursor hasNextPage } nodes { text } } } }";

async fn search(app: &TestApp, caller: &impl Caller, variables: Value) -> Value {
    app.ok(caller, SEARCH, variables).await["viewer"]["searchMessages"].take()
}

async fn found(app: &TestApp, caller: &impl Caller, query: &str) -> Vec<String> {
    let page = search(app, caller, json!({ "query": query })).await;
    let texts: Vec<String> = page["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| super::text(&node["text"]))
        .collect();
    assert_eq!(page["totalCount"], texts.len(), "{query}");
    texts
}

#[tokio::test]
async fn messages_are_found_by_all_of_their_words_newest_first() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for words in [
        "A blue collar, seen at the café",
        "the COLLAR was red",
        "blue sky over the river",
    ] {
        sent(&app, &ann, &id, words).await;
    }
    for (query, expected) in [
        ("collar", vec!["the COLLAR was red", "A blue collar, seen at the café"]),
        ("collar BLUE", vec!["A blue collar, seen at the café"]),
        ("coll", vec!["the COLLAR was red", "A blue collar, seen at the café"]),
        ("coll blue", vec![]),
        ("CAFE", vec!["A blue collar, seen at the café"]),
        ("café!", vec!["A blue collar, seen at the café"]),
        ("green", vec![]),
        ("", vec![]),
        ("  🐕 ", vec![]),
    ] {
        assert_eq!(found(&app, &bob, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn words_of_scripts_without_blanks_are_found_wherever_they_stand() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for (text, _, _) in WITHOUT_BLANKS {
        sent(&app, &ann, &id, text).await;
    }
    sent(&app, &ann, &id, "Gartenstraße 5").await;

    for (text, words, others) in WITHOUT_BLANKS {
        for word in words {
            assert_eq!(found(&app, &bob, word).await, [text], "{word}");
        }
        for other in others {
            assert_eq!(
                found(&app, &bob, other).await,
                Vec::<String>::new(),
                "{other} in {text}"
            );
        }
    }
    for word in ["gartenstrasse", "GARTENSTRASSE", "gartenstraß"] {
        assert_eq!(found(&app, &bob, word).await, ["Gartenstraße 5"], "{word}");
    }
}

#[tokio::test]
async fn messages_that_were_stored_in_an_older_way_are_found_after_they_were_written_anew() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    sent(&app, &ann, &id, "白い子猫").await;
    let age = "UPDATE searchable_messages SET words = $1 WHERE words LIKE $2";
    app.execute(age, ["白い子猫".into(), "白い子%".into()]).await;
    assert_eq!(found(&app, &bob, "子猫").await, Vec::<String>::new());

    index_words_anew(&app.deps).await.unwrap();

    assert_eq!(found(&app, &bob, "子猫").await, ["白い子猫"]);
    assert_eq!(found(&app, &bob, "hello").await, ["hello"]);
}

#[tokio::test]
async fn nobody_finds_what_was_said_where_they_take_no_part() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let (with_bob, with_cleo) = (opened(&app, &ann, &bob).await, opened(&app, &ann, &cleo).await);
    sent(&app, &ann, &with_bob, "the key is under the mat").await;
    sent(&app, &ann, &with_cleo, "the key is at the neighbour's").await;

    assert_eq!(found(&app, &ann, "key").await.len(), 2);
    assert_eq!(found(&app, &bob, "key").await, ["the key is under the mat"]);
    for (caller, place, hits) in [(&ann, &with_cleo, 1), (&bob, &with_bob, 1), (&bob, &with_cleo, 0)] {
        let page = search(&app, caller, json!({ "query": "key", "in": place })).await;
        assert_eq!(
            (page["nodes"].as_array().unwrap().len(), &page["totalCount"]),
            (hits, &json!(hits)),
            "{}",
            caller.name
        );
    }
    let nowhere = search(&app, &bob, json!({ "query": "key", "in": "no id" })).await;
    assert_eq!(nowhere["totalCount"], 0);
    assert!(app.ok(&Visitor, SEARCH, json!({ "query": "key" })).await["viewer"].is_null());
}

#[tokio::test]
async fn edited_messages_are_found_by_their_new_words_and_deleted_ones_not_at_all() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = group(&app, &ann, &[&bob]).await;
    let edited = said(&app, &ann, &id, "by the lake").await;
    let deleted = said(&app, &ann, &id, "by the river").await;

    call(
        &app,
        &ann,
        "editMessage",
        "message { id }",
        json!({ "id": edited, "text": "by the forest" }),
    )
    .await;
    call(&app, &ann, "deleteMessage", "message { id }", json!({ "id": deleted })).await;

    assert_eq!(found(&app, &bob, "forest").await, ["by the forest"]);
    for gone in ["lake", "river", "search party"] {
        assert_eq!(found(&app, &bob, gone).await, Vec::<String>::new(), "{gone}");
    }
}

#[tokio::test]
async fn pages_of_a_search_follow_each_other() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    for number in 1..=7 {
        sent(&app, &ann, &id, &format!("number {number}")).await;
    }
    let mut texts = Vec::new();
    let mut after = Value::Null;
    for _ in 0..3 {
        let page = search(
            &app,
            &bob,
            json!({ "query": "number", "in": id, "first": 3, "after": after }),
        )
        .await;
        texts.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| super::text(&node["text"])),
        );
        assert_eq!(page["totalCount"], 7);
        assert_eq!(page["pageInfo"]["hasNextPage"], texts.len() < 7);
        after = page["pageInfo"]["endCursor"].clone();
    }
    let expected: Vec<String> = (1..=7).rev().map(|number| format!("number {number}")).collect();
    assert_eq!(texts, expected);
    let foreign = app
        .run(&bob, SEARCH, json!({ "query": "number", "after": "bm9uZQ" }))
        .await;
    assert_eq!(codes(&foreign), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn a_word_of_thousands_of_messages_is_paged_through_without_a_gap() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    fixtures::messages(&app, &id, &ann, 2_150, "again and again").await;
    sent(&app, &bob, &id, "again at last").await;
    let (mut numbers, mut after) = (Vec::new(), Value::Null);
    loop {
        let query = SEARCH.replace("nodes { text }", "nodes { sequence }");
        let variables = json!({ "query": "agai", "in": id, "first": 100, "after": after });
        let page = app.ok(&bob, &query, variables).await["viewer"]["searchMessages"].take();
        let nodes = page["nodes"].as_array().unwrap();
        numbers.extend(nodes.iter().map(|node| node["sequence"].as_i64().unwrap()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(numbers, (2..=2_152).rev().collect::<Vec<i64>>());
}

#[tokio::test]
async fn nothing_that_somebody_types_is_an_error_of_the_search() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    sent(&app, &ann, &id, "AND OR NOT NEAR").await;
    for query in [
        "\"",
        "'",
        "*",
        "a*",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "a:b",
        "words:x",
        "(",
        "))",
        "a & | ! b",
        ":*",
        "a\\b",
        "--",
        "%_",
        "^a",
        "é\u{301}",
        "\u{0}a",
        "{x}",
        "1e5",
        "-1",
        "x'y\"z",
        "\u{fdfa}",
        "ﷺ".repeat(60).as_str(),
        "a ".repeat(100).as_str(),
    ] {
        search(&app, &bob, json!({ "query": query })).await;
        search(&app, &bob, json!({ "query": query, "in": id })).await;
    }
    assert_eq!(found(&app, &bob, "not near").await, ["AND OR NOT NEAR"]);
    let long = app.run(&bob, SEARCH, json!({ "query": "x".repeat(201) })).await;
    assert_eq!(codes(&long), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn a_message_of_one_endless_word_is_stored_and_found() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = opened(&app, &ann, &bob).await;
    let endless = "漢".repeat(1000);
    sent(&app, &ann, &id, &endless).await;
    assert_eq!(found(&app, &bob, "漢漢").await, [endless]);
}
