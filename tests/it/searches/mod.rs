//! Searches: kept, told of, remembered, and what they recommend.

mod alerts;
mod digests;
mod filters;
mod history;
mod imports;
mod recommended;
mod saved_searches;

use serde_json::{Value, json};

use crate::support::{Actor, TestApp};

pub const CREATE: &str = "mutation($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) {
    savedSearch { id name notify newCount description createdAt } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdateSavedSearchInput!) { updateSavedSearch(input: $input) {
    savedSearch { id name notify description } userErrors { field code message } } }";
const DELETE: &str =
    "mutation($id: ID!) { deleteSavedSearch(input: { id: $id }) { deletedId userErrors { field code } } }";
const SEEN: &str = "mutation($id: ID!) { markSavedSearchSeen(input: { id: $id }) {
    savedSearch { newCount } userErrors { field code } } }";
const SAVED: &str =
    "{ viewer { savedSearches { id name notify newCount description pets { totalCount nodes { id } } } } }";
const NEWS: &str =
    "{ viewer { notifications(first: 100) { nodes { kind title body subject { __typename ... on Node { id } } } } } }";

/// Saves a search and gives its id.
pub async fn save(app: &TestApp, who: &Actor, input: Value) -> String {
    let data = app.ok(who, CREATE, json!({ "input": input })).await;
    data["createSavedSearch"]["savedSearch"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Dogs within ten miles of the middle of Austin, to be told of in that way.
pub fn dogs_near_austin(notify: &str) -> Value {
    let area = json!({ "near": { "query": "78701", "radius": 10 } });
    json!({ "name": "Dogs near me", "notify": notify, "filter": { "species": ["DOG"], "area": area } })
}

/// What a member was told of their searches, newest first: title and subject.
async fn told(app: &TestApp, who: &Actor) -> Vec<(String, Value)> {
    let data = app.ok(who, NEWS, json!({})).await;
    let news = data["viewer"]["notifications"]["nodes"].as_array().unwrap();
    news.iter()
        .filter(|news| news["kind"] == "SAVED_SEARCH")
        .map(|news| (news["title"].as_str().unwrap().to_owned(), news["subject"].clone()))
        .collect()
}

/// How many reports are new for the member's only search.
async fn new_count(app: &TestApp, who: &Actor) -> i64 {
    let data = app.ok(who, SAVED, json!({})).await;
    data["viewer"]["savedSearches"][0]["newCount"].as_i64().unwrap()
}
