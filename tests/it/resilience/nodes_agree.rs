//! The map on two nodes that know nothing of each other but the database.

use serde_json::{Value, json};

use super::node::{Installation, Node};
use crate::{
    pets::{at, lost_with},
    support::{FreshDatabase, LIMIT, Scratch, until},
};

const REGISTER: &str = "mutation { register(input: { email: \"ann@example.org\", password: \"correct horse\",
    displayName: \"ann\" }) { tokens { accessToken } } }";
const REPORT: &str =
    "mutation($input: ReportPetInput!) { reportPet(input: $input) { pet { id } userErrors { message } } }";
const CLOSE: &str = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { field } } }";
const MAP: &str = "query($zoom: Int!) { petMap(bounds: { south: -90, west: -180, north: 90, east: 180 }, zoom: $zoom) {
    total pets { id place { coordinates { latitude longitude } } }
    clusters { count counts { kind count } expansionZoom coordinates { latitude longitude } } } }";

async fn map(node: &Node, zoom: i32) -> Value {
    let answer = node.run(None, MAP, json!({ "zoom": zoom })).await.unwrap();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"]["petMap"].clone()
}

async fn report(node: &Node, token: &str, step: u32) -> String {
    // Some on a heap, some around the antimeridian, some apart.
    let longitude = match step % 3 {
        0 => -97.7 + f64::from(step) * 0.001,
        1 => 179.99,
        _ => -120.0 + f64::from(step),
    };
    let input = lost_with(json!({ "location": at(30.0 + f64::from(step % 5) * 0.002, longitude) }));
    let answer = node.run(Some(token), REPORT, json!({ "input": input })).await.unwrap();
    let id = answer["data"]["reportPet"]["pet"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[tokio::test]
async fn nodes_draw_the_same_map_however_they_learned_of_the_reports() {
    let scratch = Scratch::new();
    let Some(database) = FreshDatabase::for_several_nodes(scratch.path()).await else {
        return;
    };
    let installation = Installation::new(scratch.path(), &database.url);
    let (one, other) = (installation.start().await, installation.start().await);
    let registered = one.run(None, REGISTER, json!({})).await.unwrap();
    let token = registered["data"]["register"]["tokens"]["accessToken"]
        .as_str()
        .unwrap();
    let mut ids = Vec::new();
    for step in 0..30 {
        ids.push(report(if step % 2 == 0 { &one } else { &other }, token, step).await);
    }
    for id in ids.iter().step_by(4) {
        other.run(Some(token), CLOSE, json!({ "id": id })).await.unwrap();
    }

    for node in [&one, &other] {
        until(LIMIT, "the node has heard of everything", async || {
            map(node, 3).await["total"] == 22
        })
        .await;
    }
    let fresh = installation.start().await;
    for zoom in 0..=18 {
        let drawn = map(&one, zoom).await;
        assert_eq!(drawn["total"], 22, "zoom {zoom}");
        assert_eq!(drawn, map(&other, zoom).await, "zoom {zoom}");
        assert_eq!(
            drawn,
            map(&fresh, zoom).await,
            "a node that was built from the tables, zoom {zoom}"
        );
    }
}
