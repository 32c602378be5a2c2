//! Stays that end together, cut off at any moment.

use serde_json::{Value, json};

use super::{
    files::all_there,
    haven::{Haven, text},
    told::count,
};

const STAYS: &str =
    "query($id: ID!, $after: String) { shelter(id: $id) { occupancy animals(first: 100, after: $after) {
    nodes { currentStay { id } } pageInfo { endCursor } } } }";
const END: &str = "mutation($ids: [ID!]!) { endStays(input: { ids: $ids, outcome: ADOPTED }) {
    stays { id } userErrors { field code message } } }";

/// Four of them have no species and are not read.
const ANIMALS: usize = 204;
/// As many as one action may name.
const AT_ONCE: usize = 100;

async fn stays(haven: &Haven) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = haven.ask(STAYS, json!({ "id": haven.shelter, "after": after })).await["shelter"]["animals"].take();
        let nodes = page["nodes"].as_array().expect("a list").clone();
        if nodes.is_empty() {
            return ids;
        }
        ids.extend(nodes.iter().map(|animal| text(&animal["currentStay"]["id"])));
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn two_hundred_stays_whose_end_is_cut_off_end_once_and_together() {
    let mut haven = Haven::start().await;
    haven.import(&all_there(ANIMALS), &[]).await;
    let ids = stays(&haven).await;
    assert_eq!(ids.len(), 2 * AT_ONCE);
    let db = haven.tables().await;
    let ended = "SELECT COUNT(*) FROM stay_events WHERE kind = 'ended'";

    let mut before = 0;
    for part in ids.chunks(AT_ONCE) {
        let variables = json!({ "ids": part });
        haven.cut(END, variables.clone()).await;
        let part = i64::try_from(part.len()).unwrap();
        let between = count(&db, ended).await;
        assert!(
            between == before || between == before + part,
            "all of them or none: {between}"
        );
        haven.act(END, variables).await;
        before += part;
        assert_eq!(count(&db, ended).await, before, "each ends once");
    }
    db.close().await.unwrap();

    let told = haven.told().await;
    assert_eq!(told["inventory"].last().map(String::as_str), Some("occupancy 0"));
    let left: Vec<&String> = told["webhooks"]
        .iter()
        .filter(|line| line.starts_with("animal.left"))
        .collect();
    assert_eq!(left, ["animal.left 1 of 200 stays"]);
    assert!(
        told["reports"].iter().all(|report| report.contains(" adopted ")),
        "their reports end with them"
    );
}
