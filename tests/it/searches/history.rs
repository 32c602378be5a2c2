//! The history of a member's searches.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Actor, TestApp, codes, user_errors};

const RECORD: &str = "mutation($filter: PetFilter) { recordSearch(input: { filter: $filter }) {
    entry { id description timesSearched } userErrors { field code } } }";
const HISTORY: &str = "query($first: Int, $after: String) { viewer { searchHistoryEnabled searchHistory(first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage } nodes { id description timesSearched searchedAt filter { text species } } } } }";
const CLEAR: &str =
    "mutation($id: ID) { clearSearchHistory(input: { id: $id }) { clearedCount userErrors { field code } } }";
const SET: &str = "mutation($enabled: Boolean!) { setSearchHistory(input: { enabled: $enabled }) { enabled userErrors { field code } } }";

async fn record(app: &TestApp, who: &Actor, filter: Value) -> Value {
    app.clock.advance(Duration::from_secs(1));
    let data = app.ok(who, RECORD, json!({ "filter": filter })).await;
    data["recordSearch"]["entry"].clone()
}

async fn history(app: &TestApp, who: &Actor) -> Vec<(String, i64)> {
    let data = app.ok(who, HISTORY, json!({ "first": 100 })).await;
    let entries = data["viewer"]["searchHistory"]["nodes"].as_array().unwrap();
    let read = |entry: &Value| {
        (
            entry["description"].as_str().unwrap().to_owned(),
            entry["timesSearched"].as_i64().unwrap(),
        )
    };
    entries.iter().map(read).collect()
}

fn expected(entries: &[(&str, i64)]) -> Vec<(String, i64)> {
    entries
        .iter()
        .map(|(words, times)| ((*words).to_owned(), *times))
        .collect()
}

#[tokio::test]
async fn the_same_search_is_counted_and_comes_first_again() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    record(&app, &ann, json!({ "kinds": ["LOST", "FOUND"] })).await;
    record(&app, &ann, json!({ "species": ["CAT"] })).await;
    // The same in other words.
    record(&app, &ann, json!({ "kinds": ["FOUND", "LOST", "FOUND"], "text": "  " })).await;

    let both = expected(&[("Lost or found animals", 2), ("Cats", 1)]);
    assert_eq!(history(&app, &ann).await, both);
    assert_eq!(history(&app, &bob).await, []);
}

#[tokio::test]
async fn recording_the_same_at_once_is_one_entry() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let one = || app.ok(&ann, RECORD, json!({ "filter": { "species": ["CAT"] } }));

    tokio::join!(one(), one(), one(), one());

    assert_eq!(history(&app, &ann).await, expected(&[("Cats", 4)]));
}

#[tokio::test]
async fn the_last_fifty_different_searches_are_remembered() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for number in 1..=52 {
        record(&app, &ann, json!({ "text": format!("dog{number}") })).await;
    }

    let entries = history(&app, &ann).await;

    assert_eq!(entries.len(), 50);
    assert_eq!(entries[0].0, "Animals with the words “dog52”");
    assert_eq!(entries[49].0, "Animals with the words “dog3”");
    let page = app.ok(&ann, HISTORY, json!({ "first": 49 })).await["viewer"]["searchHistory"].clone();
    assert_eq!(
        (&page["totalCount"], &page["pageInfo"]["hasNextPage"]),
        (&json!(50), &json!(true))
    );
    let rest = json!({ "after": page["pageInfo"]["endCursor"] });
    let rest = app.ok(&ann, HISTORY, rest).await["viewer"]["searchHistory"]["nodes"].clone();
    assert_eq!(rest.as_array().unwrap().len(), 1);
    assert_eq!(rest[0]["filter"], json!({ "text": "dog3", "species": null }));
}

#[tokio::test]
async fn entries_are_forgotten_one_by_one_or_all_together() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let cats = record(&app, &ann, json!({ "species": ["CAT"] })).await;
    record(&app, &ann, json!({ "species": ["DOG"] })).await;
    record(&app, &ann, json!({})).await;
    record(&app, &bob, json!({})).await;

    for id in [
        cats["id"].as_str().unwrap(),
        "his_00000000000000000000000000",
        "nonsense",
    ] {
        let refused = app.run(&bob, CLEAR, json!({ "id": id })).await;
        assert_eq!(user_errors(&refused), ["input.id NOT_FOUND"], "{id}");
    }
    let one = app.ok(&ann, CLEAR, json!({ "id": cats["id"] })).await;
    assert_eq!(one["clearSearchHistory"]["clearedCount"], 1);
    assert_eq!(history(&app, &ann).await, expected(&[("Animals", 1), ("Dogs", 1)]));
    let all = app.ok(&ann, CLEAR, json!({})).await;
    assert_eq!(all["clearSearchHistory"]["clearedCount"], 2);
    assert_eq!(history(&app, &ann).await, []);
    assert_eq!(history(&app, &bob).await.len(), 1);
}

#[tokio::test]
async fn who_wants_no_history_has_none() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    record(&app, &ann, json!({})).await;

    for _ in 0..2 {
        app.ok(&ann, SET, json!({ "enabled": false })).await;
        assert_eq!(record(&app, &ann, json!({ "species": ["CAT"] })).await, Value::Null);
    }
    let data = app.ok(&ann, HISTORY, json!({})).await;
    assert_eq!(data["viewer"]["searchHistoryEnabled"], false);
    assert_eq!(app.count("search_history").await, 0);

    app.ok(&ann, SET, json!({ "enabled": true })).await;
    record(&app, &ann, json!({ "species": ["CAT"] })).await;
    assert_eq!(history(&app, &ann).await, expected(&[("Cats", 1)]));
}

#[tokio::test]
async fn what_cannot_be_searched_is_not_remembered() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (filter, fault) in [
        (json!({ "text": "a b c d e f g h i j k" }), "input.filter INVALID"),
        (json!({ "colors": [] }), "input.filter.colors REQUIRED"),
    ] {
        let refused = app.run(&ann, RECORD, json!({ "filter": filter })).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    let beyond = app.run(&ann, HISTORY, json!({ "first": 101 })).await;
    assert_eq!(codes(&beyond), ["BAD_USER_INPUT"]);
    assert_eq!(app.count("search_history").await, 0);
}
